import { createServer, type ServerResponse } from 'node:http';
import * as v from 'valibot';
import { type Behaviour, behaviourAt } from './behaviour.ts';
import { DEMO_SERVICES } from './services.ts';

/** The services that the demo's monitors watch, played by one little server until its parent goes. */
const { DEMO_PORT: port, DEMO_MADE_AT: madeAt } = v.parse(
  v.object({ DEMO_PORT: v.string(), DEMO_MADE_AT: v.pipe(v.string(), v.isoTimestamp()) }),
  process.env,
);

const server = createServer((request, response) => {
  const service = DEMO_SERVICES.find(({ target, gone }) => target === request.url && !gone);
  if (service === undefined) {
    response.writeHead(404).end();
    return;
  }
  const behaviour = behaviourAt(service, Date.now(), Date.parse(madeAt));
  const timer = setTimeout(() => answer(response, service.name, behaviour), behaviour.firstByteMs);
  response.once('close', () => clearTimeout(timer));
});

function answer(response: ServerResponse, name: string, { trouble, transferMs }: Behaviour): void {
  if (trouble?.kind === 'timeout') return; // whoever asked gives up first
  response.writeHead(trouble?.kind === 'status' ? trouble.statusCode : 200, { 'content-type': 'text/plain' });
  response.write(`${name}\n`);
  const timer = setTimeout(() => response.end('That is all.\n'), transferMs);
  response.once('close', () => clearTimeout(timer));
}

server.listen(Number(port), '127.0.0.1');
const stop = () => {
  server.close(() => process.exit(0));
  server.closeAllConnections();
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
process.on('disconnect', stop);
