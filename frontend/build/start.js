// Written into the page by build/start-script.ts and run before anything else is fetched, in whatever browser there is:
// only what every browser of the last fifteen years understands.
(function (preloads) {
  var root = document.documentElement;
  // Private modes may refuse storage: the defaults stand.
  var stored = function (name) {
    try {
      return localStorage.getItem('muster.' + name);
    } catch (storageIsBlocked) {
      return null;
    }
  };
  var language = stored('language') || (/^hi/.test(navigator.language) ? 'hi' : 'en');
  root.lang = language;
  var theme = stored('theme');
  if (theme) root.setAttribute('data-theme', theme);

  // Chrome 111, Safari 16.4 and Firefox 128 are the first that have both; what is older gets a sentence, not a blank page.
  var css = window.CSS;
  if (!css || !css.registerProperty || !css.supports('color', 'color-mix(in srgb, red, blue)')) {
    document.onreadystatechange = function () {
      // Before the app's module runs, which finds nothing to draw into.
      if (document.readyState !== 'interactive') return;
      document.body.innerHTML =
        '<p>यह ब्राउज़र Muster के लिए बहुत पुराना है। कृपया Chrome या Safari अपडेट करें।</p>' +
        '<p lang="en">This browser is too old for Muster. Please update Chrome or Safari.</p>';
      document.body.style.padding = '24px';
    };
    return;
  }

  // What the first screen will ask for, asked for now: else each file is only known when the one before has arrived.
  var fetchEarly = function (name) {
    var files = preloads[name] || [];
    for (var index = 0; index < files.length; index++) {
      var link = document.createElement('link');
      link.rel = 'modulepreload';
      link.href = files[index];
      document.head.appendChild(link);
    }
  };
  fetchEarly('words ' + language);
  if (stored('signed-in')) {
    fetchEarly('signed in');
    fetchEarly('all words ' + language);
  }
  var path = location.pathname === '/' && stored('signed-in') ? (stored('hat') === 'contractor' ? '/jobs' : '/home') : location.pathname;
  fetchEarly(path);
})(/* PRELOADS */ {});
