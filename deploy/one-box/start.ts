import { runOneBox } from './one-box.ts';

/** `npm start`: everything on one machine, until Ctrl-C. */
runOneBox({ development: false });
