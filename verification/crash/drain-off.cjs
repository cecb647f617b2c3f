// Loaded into a process before anything else, it takes the draining away for `npm run drain`: the listeners close at the
// signal, and no client is told to leave. A load that loses nothing then would find no fault in the draining either.
const { Server, ServerResponse } = require('node:http');

const { listen } = Server.prototype;
Server.prototype.listen = function (...args) {
  process.prependListener('SIGTERM', () => this.close());
  return listen.apply(this, args);
};

const isGoodbye = (name, value) => String(name).toLowerCase() === 'connection' && value === 'close';
const { setHeader, writeHead } = ServerResponse.prototype;
ServerResponse.prototype.setHeader = function (name, value) {
  return isGoodbye(name, value) ? this : setHeader.call(this, name, value);
};
ServerResponse.prototype.writeHead = function (status, ...rest) {
  const headers = rest.at(-1);
  if (headers && !Array.isArray(headers)) for (const [name, value] of Object.entries(headers)) if (isGoodbye(name, value)) delete headers[name];
  return writeHead.call(this, status, ...rest);
};
