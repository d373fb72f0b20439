import { PageHeading } from '../../../ui/page-heading.tsx';
import { usePageTitle } from '../../../ui/page-title.ts';
import { EmailCard } from './email-card.tsx';
import { NameCard } from './name-card.tsx';
import { PasswordCard } from './password-card.tsx';

/** What a person settles for themselves: what they are called, where mails go, and how they sign in. */
export default function ProfilePage() {
  usePageTitle(() => 'Profile');
  return (
    <>
      <PageHeading
        title="Profile"
        sentence="Your own account. It is the same in every organization you belong to."
      />
      <div class="mt-5 flex flex-col gap-4">
        <NameCard />
        <EmailCard />
        <PasswordCard />
      </div>
    </>
  );
}
