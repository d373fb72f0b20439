import { invalidField } from '../../refusal.ts';
import { isPopularPassword } from './is-popular-password.ts';

/**
 * For whoever sets a password. The list is the server's alone: a browser would load it for a sentence that few ever see.
 *
 * @throws Refusal `invalid_input` at `password`
 */
export function refusePopularPassword(password: string): void {
  if (isPopularPassword(password)) {
    throw invalidField(
      'password',
      'Very many people use this password or one much like it, so it is guessed first. Choose another.',
    );
  }
}
