import chromium from '@sparticuz/chromium';
import { chromium as playwright } from 'playwright-core';
import { build } from 'vite';
import { registerOrganizations } from './dashboards.ts';
import type { Figure } from './figure.ts';
import { MONITOR_KEY } from './monitor-key.ts';
import { startStack } from './stack.ts';

const KIB = 1024;

/** What a browser downloads until the dashboard stands there, with nothing cached. */
export async function firstLoad(): Promise<Figure[]> {
  await build({ configFile: 'client/vite.config.ts', logLevel: 'error' });
  const stack = await startStack();
  const server = await registerOrganizations(
    {
      SECRET_KEY: 'k8Jd92nfP0sQwL5xVb7TzRy3HcMu6GaE',
      MONITOR_KEY,
      DATABASE_URL: stack.urls.app,
      IDENTITY_DATABASE_URL: stack.urls.identity,
      SYSTEM_DATABASE_URL: stack.urls.system,
    },
    1,
  );
  const browser = await playwright.launch({
    executablePath: await chromium.executablePath(),
    args: ['--no-sandbox', '--disable-background-networking', '--disable-gpu'],
  });
  try {
    const context = await browser.newContext();
    const [name = '', value = ''] = (server.organizations[0]?.cookie ?? '').split(/=(.*)/s);
    await context.addCookies([{ name, value, url: server.origin }]);
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    const kinds = new Map<string, string>();
    const bytes = { code: 0, fonts: 0 };
    session.on('Network.responseReceived', ({ requestId, type }) => kinds.set(requestId, type));
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      const kind = kinds.get(requestId);
      if (kind === 'Font') bytes.fonts += encodedDataLength;
      else if (kind === 'Document' || kind === 'Script' || kind === 'Stylesheet')
        bytes.code += encodedDataLength;
    });
    await page.goto(`${server.origin}/dashboard`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('load');
    return [
      {
        question: 'First load of the dashboard: page, scripts and styles, compressed',
        value: Math.round((bytes.code / KIB) * 10) / 10,
        unit: 'KB',
        target: { most: 120 },
        note: `and ${Math.round(bytes.fonts / KIB)} KB of fonts`,
      },
    ];
  } finally {
    await browser.close();
    await server.close();
    await stack.stop();
  }
}
