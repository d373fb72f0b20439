import { createSignal, lazy, Show } from 'solid-js';
import type { BillingStatus } from '../../../../shared/billing/billing-status.ts';
import { Answer } from '../../ui/answer.tsx';
import { Button } from '../../ui/button.tsx';
import { OnceOpened } from '../../ui/once-opened.tsx';
import { PageHeading } from '../../ui/page-heading.tsx';
import { usePageTitle } from '../../ui/page-title.ts';
import { RefusalNotice } from '../../ui/refusal-notice.tsx';
import { mayAdminister, useMe, waitsForDeletion } from '../../ui/shell/me.ts';
import { Loading, Skeleton } from '../../ui/skeleton.tsx';
import { type BillingActions, createBillingActions } from './billing-actions.ts';
import { NotConfiguredNote, TestModeNote, WhoMayPayNote } from './billing-notes.tsx';
import { useBillingStatus } from './billing-query.ts';
import { InvoiceSection } from './invoice-section.tsx';
import { PlanCards } from './plan-cards.tsx';
import { type Standing, standingOf } from './standing.ts';
import { StandingCard } from './standing-card.tsx';

const CancelDialog = lazy(() => import('./cancel-dialog.tsx'));

/** The plans, what the organization has of them, and what it pays. */
export default function BillingPage() {
  usePageTitle(() => 'Billing');
  const me = useMe();
  const asked = useBillingStatus({ always: true });
  const known = () => asked.data;
  return (
    <>
      <PageHeading
        title="Billing"
        sentence={
          <>
            The plan of <span class="break-words">{me().tenant?.name}</span>, what it allows, and what was
            paid for it.
          </>
        }
      />
      <Answer asked={asked} known={known()} waiting={<BillingSkeleton />}>
        {(status) => <Billing status={status()} />}
      </Answer>
    </>
  );
}

function Billing(props: { status: BillingStatus }) {
  const me = useMe();
  const actions = createBillingActions();
  const [cancelling, setCancelling] = createSignal(false);
  const standing = () => standingOf(props.status);
  const isAdmin = () => mayAdminister(me());
  const mayAct = () => isAdmin() && props.status.available && !waitsForDeletion(me());
  let heading: HTMLHeadingElement | undefined;
  // The button that was pressed is gone then: the keyboard goes on where it says what was done.
  const resume = async () => {
    await actions.resume();
    if (actions.refused() === null) heading?.focus();
  };
  return (
    <div class="flex flex-col gap-4">
      <Show when={props.status.testMode}>
        <TestModeNote />
      </Show>
      <Show when={!props.status.available}>
        <NotConfiguredNote forAdmin={isAdmin()} />
      </Show>
      <Show when={props.status.available && !isAdmin()}>
        <WhoMayPayNote />
      </Show>
      <div class="empty:hidden">
        <RefusalNotice refusal={actions.refused()} />
      </div>
      <StandingCard
        status={props.status}
        focusable={(element) => {
          heading = element;
        }}
      >
        <Show when={mayAct()}>
          <StandingButtons
            standing={standing()}
            isCancelled={props.status.cancelAt !== null}
            actions={actions}
            onCancel={() => setCancelling(true)}
            onResume={() => void resume()}
          />
        </Show>
      </StandingCard>
      <PlanCards
        plan={props.status.plan}
        price={props.status.price}
        sold={props.status.available}
        action={
          mayAct() && standing() === 'free' ? (
            <Button
              variant="primary"
              class="w-full"
              busy={actions.busy() === 'checkout'}
              onClick={() => void actions.upgrade()}
            >
              Upgrade to Pro
            </Button>
          ) : undefined
        }
      />
      <Show when={isAdmin() && props.status.available}>
        <InvoiceSection />
      </Show>
      <OnceOpened open={cancelling()}>
        <CancelDialog
          open={cancelling()}
          status={props.status}
          onClose={() => setCancelling(false)}
          onCancelled={() => heading?.focus()}
        />
      </OnceOpened>
    </div>
  );
}

/** What can be done in each standing, the one that is meant first. */
function StandingButtons(props: {
  standing: Standing;
  isCancelled: boolean;
  actions: BillingActions;
  onCancel: () => void;
  onResume: () => void;
}) {
  const owes = () => ['past_due', 'lapsed', 'unpaid'].includes(props.standing);
  return (
    <Show when={props.standing !== 'free' && props.standing !== 'given'}>
      <Show when={props.standing === 'ending'}>
        <Resume actions={props.actions} onResume={props.onResume} primary />
      </Show>
      <Button
        variant={owes() ? 'primary' : 'secondary'}
        busy={props.actions.busy() === 'portal'}
        onClick={() => void props.actions.manage()}
      >
        Manage subscription
      </Button>
      <Show when={props.standing !== 'ending' && props.standing !== 'unpaid'}>
        <Show
          when={props.isCancelled}
          fallback={
            <Button variant="danger" onClick={() => props.onCancel()}>
              Cancel subscription
            </Button>
          }
        >
          <Resume actions={props.actions} onResume={props.onResume} />
        </Show>
      </Show>
    </Show>
  );
}

function Resume(props: { actions: BillingActions; onResume: () => void; primary?: boolean }) {
  return (
    <Button
      variant={props.primary ? 'primary' : 'secondary'}
      busy={props.actions.busy() === 'resume'}
      onClick={() => props.onResume()}
    >
      Resume subscription
    </Button>
  );
}

/** The page before it is there, in its true size. */
function BillingSkeleton() {
  return (
    <Loading label="Loading the plan">
      <div class="flex flex-col gap-4">
        <Skeleton class="h-28 w-full rounded-8!" />
        <div class="grid gap-4 sm:grid-cols-2">
          <Skeleton class="h-72 w-full rounded-8!" />
          <Skeleton class="h-72 w-full rounded-8!" />
        </div>
      </div>
    </Loading>
  );
}
