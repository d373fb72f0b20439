import { DAY_SECONDS } from './time.ts';
import { nowOf, type World } from './world.ts';

/** Events are kept for 30 days, and the answers to idempotency keys for one, or a file would only ever grow. */
export function forgetOld(world: Pick<World, 'state'>): void {
  const { state } = world;
  const oldestEvent = nowOf(world) - 30 * DAY_SECONDS;
  state.events = state.events.filter(
    ({ event, delivery }) => delivery === 'pending' || event.created >= oldestEvent,
  );
  const oldestAnswer = nowOf(world) - DAY_SECONDS;
  for (const [key, { at }] of Object.entries(state.answers)) {
    if (at <= oldestAnswer) delete state.answers[key];
  }
}
