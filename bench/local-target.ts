import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

/**
 * A process of its own that answers every request at once, so that its work is not counted as ours. Tells its parent the
 * ports, and how many requests it got when asked.
 */
let answered = 0;
/** What lies under /hanging/ gets no answer until its asker gives up. */
const answer = ({ url }: IncomingMessage, response: ServerResponse) => {
  answered += 1;
  if (url?.startsWith('/hanging/') !== true) response.end('ok');
};
const plain = createServer({ keepAlive: false }, answer);
plain.listen(0, '127.0.0.1', () => {
  const key = process.env.BENCH_TLS_KEY;
  const cert = process.env.BENCH_TLS_CERT;
  const port = (plain.address() as AddressInfo).port; // a TCP server's address is one
  if (key === undefined || cert === undefined) {
    process.send?.({ port, tlsPort: null });
    return;
  }
  const tls = createTlsServer({ key, cert }, answer);
  tls.listen(0, '127.0.0.1', () => {
    process.send?.({ port, tlsPort: (tls.address() as AddressInfo).port });
  });
});
process.on('message', () => process.send?.({ answered }));
process.on('disconnect', () => process.exit(0));
