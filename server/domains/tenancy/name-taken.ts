import { Refusal } from '../../refusal.ts';

export function nameTaken(): Refusal {
  return new Refusal(
    'duplicate_organization_name',
    'This organization name is already taken. Please choose another name.',
  );
}
