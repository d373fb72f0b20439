import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { accountScenes } from './scenes/account-scenes.ts';
import { billingScenes } from './scenes/billing-scenes.ts';
import { dashboardScenes } from './scenes/dashboard-scenes.ts';
import { dialogScenes } from './scenes/dialog-scenes.ts';
import { entranceScenes } from './scenes/entrance-scenes.ts';
import { headerScenes } from './scenes/header-scenes.ts';
import { invitationScenes } from './scenes/invitation-scenes.ts';
import { memberScenes } from './scenes/member-scenes.ts';
import { monitorScenes } from './scenes/monitor-scenes.ts';
import { organizationScenes } from './scenes/organization-scenes.ts';
import type { Scene } from './scenes/scene.ts';
import { settingsScenes } from './scenes/settings-scenes.ts';
import { type Stack, startStack } from './scenes/stack.ts';
import { nextAddress } from './support/api-client.ts';
import { enterAs, launchBrowser, speaksFrom } from './support/browser.ts';
import { ROOT } from './support/run-part.ts';

/**
 * `npm run screens`: every page in every state, light and dark, on a phone, a tablet and a desk, as pictures under
 * screens/, from an installation of its own. With words behind it, only the scenes whose names have one of them:
 * `npm run screens -- dialog monitor-down`. Ends with 1 when a scene could not be played.
 */
const THEMES = ['light', 'dark'] as const;
const SIZES = { 360: 740, 768: 1024, 1280: 800 } as const;
const FOLDER = path.join(ROOT, 'screens');

async function run(wanted: string[]): Promise<number> {
  const startedAt = performance.now();
  const stack = await startStack((sentence) => process.stderr.write(`${sentence}\n`));
  const browser = await launchBrowser();
  const all = [
    entranceScenes,
    accountScenes,
    invitationScenes,
    dashboardScenes,
    headerScenes,
    dialogScenes,
    monitorScenes,
    settingsScenes,
    organizationScenes,
    memberScenes,
    billingScenes,
  ].flatMap((make) => make(stack));
  const chosen = all.filter(({ name }) => wanted.length === 0 || wanted.some((word) => name.includes(word)));
  let failed = 0;
  let pictures = 0;
  try {
    if (wanted.length === 0) await rm(FOLDER, { recursive: true, force: true });
    for (const theme of THEMES) {
      for (const [width, height] of Object.entries(SIZES)) {
        const look = { theme, width: Number(width), height };
        const folder = path.join(FOLDER, `${theme}-${width}`);
        await mkdir(folder, { recursive: true });
        for (const scene of chosen) {
          const trouble = await picture(browser, stack, scene, look, folder);
          pictures += 1;
          if (trouble === null) continue;
          failed += 1;
          process.stderr.write(`${theme} ${width} ${scene.name}: ${trouble}\n`);
        }
      }
    }
  } finally {
    await browser.close();
    await stack.stop();
  }
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  process.stdout.write(`${pictures - failed} pictures are in ${FOLDER} (${seconds} s).\n`);
  return failed === 0 ? 0 : 1;
}

/** @returns what went wrong; the picture is taken either way */
async function picture(
  browser: Browser,
  stack: Stack,
  scene: Scene,
  look: { theme: 'light' | 'dark'; width: number; height: number },
  folder: string,
): Promise<string | null> {
  const context = await openContext(browser, stack, scene, look);
  try {
    const page = await context.newPage();
    let trouble: string | null = null;
    try {
      await scene.before?.(page);
      await page.goto(scene.path);
      await scene.play(page);
    } catch (error) {
      trouble = error instanceof Error ? error.message : String(error);
    }
    if (scene.wholePage) await growTo(page, look);
    await page.screenshot({
      path: path.join(folder, `${scene.name}.png`),
      caret: 'initial',
      animations: 'disabled',
    });
    return trouble;
  } finally {
    await context.close();
  }
}

/** Makes the screen as high as the page, so that what sticks to its edges stays at the edges of the picture. */
async function growTo(page: Page, { width, height }: { width: number; height: number }): Promise<void> {
  const whole = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width, height: Math.max(height, whole) });
}

async function openContext(
  browser: Browser,
  stack: Stack,
  { as }: Scene,
  { theme, width, height }: { theme: 'light' | 'dark'; width: number; height: number },
): Promise<BrowserContext> {
  const context = await browser.newContext({
    baseURL: stack.origin,
    extraHTTPHeaders: speaksFrom(nextAddress()),
    viewport: { width, height },
    colorScheme: theme,
    reducedMotion: 'reduce',
    hasTouch: width < 720,
    isMobile: width < 720,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
  });
  context.setDefaultTimeout(8000);
  if (as !== undefined) await enterAs(context, stack.origin, as);
  return context;
}

process.exitCode = await run(process.argv.slice(2));
