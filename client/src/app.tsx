import { Router } from '@solidjs/router';
import { QueryClientProvider } from '@tanstack/solid-query';
import { ErrorBoundary, type ParentProps, Suspense } from 'solid-js';
import { queryClient } from './api/queries.ts';
import { routes } from './routes.tsx';
import { CrashPage } from './ui/crash-page.tsx';
import { Toasts } from './ui/toast.tsx';
import { TooltipLayer } from './ui/tooltip.tsx';

function Root(props: ParentProps) {
  return (
    <>
      <ErrorBoundary fallback={(error, reset) => <CrashPage error={error} onReset={reset} />}>
        <Suspense>{props.children}</Suspense>
      </ErrorBoundary>
      <Toasts />
      <TooltipLayer />
    </>
  );
}

export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <Router root={Root} scrollRestoration>
        {routes}
      </Router>
    </QueryClientProvider>
  );
}
