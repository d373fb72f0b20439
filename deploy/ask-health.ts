import { env } from 'node:process';

/** Asks the server of this container whether it serves; the exit code says so to whoever watches the container. */
const response = await fetch(`http://127.0.0.1:${env.PORT ?? '3000'}/health`);
if (!response.ok) throw new Error(`/health answers ${response.status}.`);
