import { queries } from '../../api/queries.ts';
import { useQuery } from '../../api/use-query.ts';
import { Notice } from '../../ui/notice.tsx';
import { whoMayPay } from './who-may-pay.ts';

/** Stands wherever money is spoken of and none moves. */
export function TestModeNote() {
  return (
    <Notice tone="neutral">
      <strong class="font-semibold">Test mode.</strong> Payments are played: no card is charged, and no money
      moves.
    </Notice>
  );
}

/** Nothing is sold here. Who administers the organization may well be who runs the server, and is told what to do. */
export function NotConfiguredNote(props: { forAdmin: boolean }) {
  return (
    <Notice tone="neutral">
      Payments are not set up on this server, so the plan cannot be changed here. Everything else works.
      {props.forAdmin && (
        <>
          {' '}
          Whoever runs it sets <Variable name="STRIPE_SECRET_KEY" />,{' '}
          <Variable name="STRIPE_WEBHOOK_SECRET" /> and <Variable name="STRIPE_PRO_PRICE_ID" />, or{' '}
          <Variable name="DEFAULT_PLAN=pro" /> to sell nothing and give Pro to everybody.
        </>
      )}
    </Notice>
  );
}

function Variable(props: { name: string }) {
  return <code class="mono text-12 break-all">{props.name}</code>;
}

/** For members and viewers: whom to ask. */
export function WhoMayPayNote() {
  const listed = useQuery(() => queries.members.list.queryOptions());
  return <Notice tone="neutral">{whoMayPay(listed.data?.members ?? [])}</Notice>;
}
