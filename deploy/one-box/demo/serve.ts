import { createServer, type ServerResponse } from 'node:http';
import * as v from 'valibot';
import { answerOf } from './answer-of.ts';
import { type Behaviour, behaviourAt } from './behaviour.ts';
import { DEMO_SERVICES, type DemoService } from './services.ts';

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
  const timer = setTimeout(() => answer(response, service, behaviour), behaviour.firstByteMs);
  response.once('close', () => clearTimeout(timer));
});

function answer(response: ServerResponse, service: DemoService, behaviour: Behaviour): void {
  const given = answerOf(service, behaviour, Date.now());
  if (given === null) return; // whoever asked gives up first
  response.writeHead(given.statusCode, given.headers.flat());
  const middle = Math.ceil(given.body.length / 2);
  response.write(given.body.slice(0, middle));
  const timer = setTimeout(() => response.end(given.body.slice(middle)), behaviour.transferMs);
  response.once('close', () => clearTimeout(timer));
}

server.listen(Number(port), '127.0.0.1');
const stop = () => {
  server.close(() => process.exit(0));
  server.closeAllConnections();
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
process.on('disconnect', stop);
