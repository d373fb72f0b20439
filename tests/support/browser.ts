import path from 'node:path';
import { type Browser, type BrowserContext, type ConsoleMessage, chromium, type Page } from 'playwright-core';
import { afterAll, expect, onTestFinished } from 'vitest';
import { type ApiClient, nextAddress } from './api-client.ts';
import { browserBinary } from './browser-binary.ts';
import { ROOT } from './run-part.ts';

export type VisitOptions = {
  /** Whose session the browser has from the start. */
  as?: ApiClient;
  theme?: 'light' | 'dark';
  /** CSS pixels. */
  width?: number;
  height?: number;
  reducedMotion?: boolean;
};

/** A browser profile of its own, with one tab open; gone when the test is over. */
export type Visit = {
  context: BrowserContext;
  page: Page;
  /** Everything that a console would have shown in red so far; handed over, it no longer fails the test. */
  takeProblems: () => string[];
};

export type TestBrowser = { visit: (origin: string, options?: VisitOptions) => Promise<Visit> };

const LAUNCH_ARGUMENTS = ['--disable-background-networking', '--disable-gpu'];

export async function launchBrowser(): Promise<Browser> {
  const { executablePath, libraries } = await browserBinary();
  return chromium.launch({
    executablePath,
    args: LAUNCH_ARGUMENTS,
    chromiumSandbox: false,
    env: { ...process.env, LD_LIBRARY_PATH: libraries },
  });
}

/**
 * A real Chromium for this test file. A visit on which the console says an error, an exception goes uncaught or the
 * content security policy is broken fails its test, unless the test took the problem for itself.
 */
export async function openBrowser(): Promise<TestBrowser> {
  const browser = await launchBrowser();
  afterAll(() => browser.close());
  return {
    async visit(origin, { as, theme = 'light', width = 1280, height = 800, reducedMotion = false } = {}) {
      const context = await browser.newContext({
        baseURL: origin,
        extraHTTPHeaders: speaksFrom(as?.address ?? nextAddress()),
        viewport: { width, height },
        colorScheme: theme,
        reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
        locale: 'en-GB',
        timezoneId: 'Europe/Berlin',
        hasTouch: width < 720,
      });
      context.setDefaultTimeout(10_000);
      if (as !== undefined) await enterAs(context, origin, as);
      const problems: string[] = [];
      context.on('console', (message) => {
        if (message.type() === 'error' && !isRefusal(message, origin)) problems.push(message.text());
      });
      context.on('weberror', (error) => problems.push(String(error.error().stack)));
      const takeProblems = () => problems.splice(0);
      const page = await context.newPage();
      onTestFinished(async ({ task }) => {
        if (task.result?.state === 'fail') await keepPicture(page, task.name);
        await context.close();
        expect(takeProblems()).toEqual([]);
      });
      return { context, page, takeProblems };
    },
  };
}

/** Each profile is somewhere else, as a proxy would tell: limits by address are each person's own. */
export const speaksFrom = (address: string) => ({ 'x-forwarded-for': address });

/** What the page looked like when its test failed, under screens/failed/. */
async function keepPicture(page: Page, name: string): Promise<void> {
  const file = `${name.replaceAll(/\W+/g, '-').slice(0, 100)}.png`;
  await page.screenshot({ path: path.join(ROOT, 'screens', 'failed', file) });
}

/** Puts a session into a browser profile, as if its person had signed in there before. */
export async function enterAs(context: BrowserContext, origin: string, person: ApiClient): Promise<void> {
  await context.addCookies([...person.cookies].map(([name, value]) => ({ name, value, url: origin })));
}

/**
 * That the API said no is an answer, and Chromium writes it into the console as an error whatever the page makes of it.
 * What the page makes of it is what tests look at. A 500 stays a problem.
 */
function isRefusal(message: ConsoleMessage, origin: string): boolean {
  return (
    message.location().url.startsWith(`${origin}/trpc/`) &&
    /^Failed to load resource: the server responded with a status of 4\d\d/.test(message.text())
  );
}
