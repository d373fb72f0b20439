import type { PlanName } from '../../shared/billing/plans.ts';
import type { Me, TenantName } from '../../shared/tenancy/identity.ts';
import type { Role } from '../../shared/tenancy/role.ts';
import type { Services } from '../compose.ts';
import type { Tenant } from '../database/tenant.ts';
import { currentMembership } from '../domains/tenancy/current-membership.ts';
import type { Logger } from '../log.ts';

/** What an HTTP request brings along, already read and trusted. */
export type RequestFacts = {
  id: string;
  ipAddress: string | null;
  userAgent: string | null;
  cookieHeader: string;
  /** Whether it carries a key in `Authorization`, which browsers never send by themselves. */
  byKey: boolean;
  /** Whether `Origin` is one of our own hosts. */
  fromOurPage: boolean;
  /** The organization that the host names; null at `PUBLIC_URL`. */
  hostSlug: string | null;
  /** The organization that the asking page was opened for; null when it does not say. */
  pageTenantId: string | null;
};

/** Who is asking: a person, and the organization this request is for, if it is for one. */
export type Caller = {
  /** Of the session that speaks: its public id, which opens nothing. */
  sessionId: string;
  /** Of the token that it showed, as it is kept: it opens nothing either. */
  tokenHash: string;
  user: Me['user'];
  membership: {
    tenant: Tenant;
    about: TenantName & { plan: PlanName; removesAt: string | null };
    role: Role;
  } | null;
  memberships: Me['memberships'];
};

export type Context = {
  services: Services;
  request: RequestFacts;
  log: Logger;
  setCookie: (cookie: string) => void;
  /** Reads the session once a request, when something asks for it. */
  caller: () => Promise<Caller | null>;
};

export function createContext(
  services: Services,
  request: RequestFacts,
  log: Logger,
  answer: { setCookie: (cookie: string) => void; belongsTo: (tenantId: string) => void },
): Context {
  let known: Promise<Caller | null> | undefined;
  return {
    services,
    request,
    log,
    setCookie: answer.setCookie,
    caller: () => {
      known ??= readCaller(services, request, answer.setCookie).then((caller) => {
        if (caller?.membership) answer.belongsTo(caller.membership.tenant.id);
        return caller;
      });
      return known;
    },
  };
}

/** Reads the caller anew: what a long-lived stream asks every few seconds, so that it ends with its session. */
export async function readCaller(
  services: Services,
  request: RequestFacts,
  setCookie: (cookie: string) => void,
): Promise<Caller | null> {
  const { signedIn, setCookie: cookie } = await services.sessions.read(
    request.cookieHeader,
    request.ipAddress,
  );
  if (cookie !== null) setCookie(cookie);
  if (signedIn === null) return null;
  const { user, session } = signedIn;
  const { current, memberships } = await currentMembership(services.identity, user.id, {
    hostSlug: request.hostSlug,
    sessionTenantId: session.tenantId,
  });
  return {
    sessionId: session.publicId,
    tokenHash: session.tokenHash,
    user: {
      id: user.id,
      email: user.email,
      name: user.name,
      emailVerified: user.emailVerified,
      pendingEmail: user.pendingEmail,
    },
    membership:
      current === null
        ? null
        : { tenant: services.tenant(current.tenant.id), about: current.tenant, role: current.role },
    memberships: memberships.map(({ tenant: { id, name, slug }, role }) => ({
      tenant: { id, name, slug },
      role,
    })),
  };
}
