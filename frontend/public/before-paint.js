(function () {
  try {
    var root = document.documentElement;
    var language = localStorage.getItem('muster.language');
    var theme = localStorage.getItem('muster.theme');
    if (language) root.lang = language;
    if (theme) root.dataset.theme = theme;
  } catch (storageIsBlocked) {
    // Private modes may refuse storage: the defaults stand.
  }
})();
