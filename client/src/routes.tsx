import { Navigate, type RouteDefinition } from '@solidjs/router';
import { lazy } from 'solid-js';
import { queries } from './api/queries.ts';
import { wasSignedIn } from './api/session-hint.ts';
import { prefetchDashboard } from './features/monitoring/dashboard/prefetch-dashboard.ts';

/** Every address of the app. Pages load when they are gone to; a link that is pointed at loads its page ahead. */
export const routes: RouteDefinition[] = [
  { path: '/', component: () => <Navigate href="/dashboard" /> },
  { path: '/register', component: lazy(() => import('./features/tenancy/register-page.tsx')) },
  { path: '/login', component: lazy(() => import('./features/accounts/login-page.tsx')) },
  { path: '/forgot-password', component: lazy(() => import('./features/accounts/forgot-password-page.tsx')) },
  { path: '/reset-password', component: lazy(() => import('./features/accounts/reset-password-page.tsx')) },
  { path: '/verify-email', component: lazy(() => import('./features/accounts/verify-email-page.tsx')) },
  { path: '/invitation', component: lazy(() => import('./features/tenancy/invitation-page.tsx')) },
  { path: '/confirm-email', component: lazy(() => import('./features/accounts/confirm-email-page.tsx')) },
  {
    component: lazy(() => import('./ui/shell/signed-in.tsx')),
    // Asked while the page itself still loads.
    preload: () => {
      if (wasSignedIn()) void queries.auth.me.prefetch();
    },
    children: [
      {
        path: '/dashboard',
        preload: ({ location }) => prefetchDashboard(location.query),
        component: lazy(() => import('./features/monitoring/dashboard/dashboard-page.tsx')),
      },
      {
        path: '/monitors/:monitorId',
        component: lazy(() => import('./features/monitoring/monitor-page/monitor-page.tsx')),
      },
      { path: '/switch', component: lazy(() => import('./features/tenancy/switch-organization-page.tsx')) },
      { path: '/billing/success', component: lazy(() => import('./features/billing/success-page.tsx')) },
      { path: '/billing/cancel', component: lazy(() => import('./features/billing/cancel-page.tsx')) },
      {
        component: lazy(() => import('./features/settings/settings-layout.tsx')),
        children: [
          {
            path: '/billing',
            preload: () => void queries.billing.status.prefetch(),
            component: lazy(() => import('./features/billing/billing-page.tsx')),
          },
          { path: '/settings', component: () => <Navigate href="/settings/regions" /> },
          {
            path: '/settings/profile',
            component: lazy(() => import('./features/settings/profile/profile-page.tsx')),
          },
          {
            path: '/settings/sessions',
            preload: () => void queries.sessions.list.prefetch(),
            component: lazy(() => import('./features/settings/sessions/sessions-page.tsx')),
          },
          {
            path: '/settings/members',
            preload: () => void queries.members.list.prefetch(),
            component: lazy(() => import('./features/settings/members/members-page.tsx')),
          },
          {
            path: '/settings/regions',
            preload: () => void queries.regions.list.prefetch(),
            component: lazy(() => import('./features/settings/regions/regions-page.tsx')),
          },
          {
            path: '/settings/organization',
            component: lazy(() => import('./features/settings/organization/organization-page.tsx')),
          },
          {
            path: '/settings/audit',
            component: lazy(() => import('./features/settings/audit/audit-page.tsx')),
          },
        ],
      },
    ],
  },
  { path: '*', component: lazy(() => import('./ui/not-found-page.tsx')) },
];
