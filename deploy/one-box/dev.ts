import { runOneBox } from './one-box.ts';

/** `npm run dev`: the same, with the web app served from its sources, and the server started again when its own change. */
runOneBox({ development: true });
