import { expect, onTestFinished, test } from 'vitest';
import { readConfig } from '../../prober/config.ts';
import { ReferenceTargets } from '../../prober/reference-targets.ts';
import { createResolver } from '../../shared/network/resolve-host.ts';
import { openDnsServer } from '../support/dns-server.ts';
import { openGate } from '../support/gate.ts';
import { listenRaw } from '../support/listen.ts';
import { MONITOR_KEY } from '../support/monitor-key.ts';

/** A reference that a test can cut off. */
async function openReference() {
  const target = await listenRaw((socket) => void socket.resume());
  const gate = await openGate(`tcp://127.0.0.1:${target.port}`);
  return { ...gate, target, host: '127.0.0.1', port: Number(new URL(gate.url).port) };
}

/** References as a prober watches them, from its start on. */
function watch(references: { host: string; port: number }[], resolve = createResolver({ hostsFile: false })) {
  const turns: boolean[] = [];
  const watched = new ReferenceTargets({ references, resolve, onTurn: (gone) => turns.push(gone) });
  watched.start();
  onTestFinished(() => watched.stop());
  return { watched, turns, gone: () => watched.wereGone(performance.now()) };
}

test('a prober that reaches its references is not cut off; it is when none answers, and no longer when one does', async () => {
  const [one, two] = [await openReference(), await openReference()];
  const { gone, turns } = watch([one, two]);
  await expect.poll(() => one.target.connections()).toBe(1);
  expect(await gone()).toBe(false);
  await one.shut();
  expect(await gone()).toBe(false);
  await two.shut();
  expect(await gone()).toBe(true);
  expect(await gone()).toBe(true);
  await two.open();
  expect(await gone()).toBe(false);
  expect(turns).toEqual([true, false]);
});

test('a reference that was never reached proves nothing, and nobody waits for it', async () => {
  const reference = await openReference();
  await reference.shut();
  const { gone, turns } = watch([reference]);
  expect(await gone()).toBe(false);
  const askedAt = performance.now();
  expect(await gone()).toBe(false);
  expect(performance.now() - askedAt).toBeLessThan(400);
  expect(turns).toEqual([]);
  // But once it is reached it does: a machine may start before its network.
  await reference.open();
  await expect
    .poll(async () => {
      await gone();
      return reference.target.connections();
    })
    .toBeGreaterThan(0);
  await reference.shut();
  expect(await gone()).toBe(true);
});

test('what a reference did not prove before it was reached it does not prove afterwards', async () => {
  const dns = await openDnsServer();
  onTestFinished(dns.close);
  const reference = await openReference();
  const startedAt = performance.now();
  const { gone, watched, turns } = watch(
    [{ host: 'reference.example.com', port: reference.port }],
    createResolver({ servers: [dns.address], hostsFile: false }),
  );
  const whileAsking = async () => {
    await gone();
    return dns.asked('reference.example.com');
  };
  await expect.poll(whileAsking, { timeout: 5000 }).toBeGreaterThan(2); // both families: the second time it is asked
  dns.answer('reference.example.com', ['127.0.0.1']);
  await expect.poll(() => gone().then(() => reference.target.connections())).toBeGreaterThan(0);
  expect(await watched.wereGone(startedAt)).toBe(false);
  expect(turns).toEqual([]);
});

test('without references a prober is never cut off', async () => {
  expect(await watch([]).gone()).toBe(false);
});

test('all who ask in the same moment are answered by one question, and the next comes half a second later', async () => {
  const target = await listenRaw((socket) => void socket.resume());
  const { gone } = watch([{ host: '127.0.0.1', port: target.port }]);
  await expect.poll(() => target.connections()).toBe(1);
  const answers = await Promise.all(Array.from({ length: 300 }, gone));
  expect(new Set(answers)).toEqual(new Set([false]));
  const askedAt = performance.now();
  await gone();
  expect(performance.now() - askedAt).toBeGreaterThan(300);
  await expect.poll(() => target.connections()).toBe(3); // the start's, that of the three hundred, and this one
});

test('a reference is let go of as soon as it has answered', async () => {
  const reference = await openReference();
  const { gone } = watch([reference]);
  await gone();
  await expect.poll(() => reference.target.open()).toBe(0);
});

test('a network that was gone while a check ran is gone for that check, though it is back', async () => {
  const reference = await openReference();
  const { gone, watched } = watch([reference]);
  await expect.poll(() => reference.target.connections()).toBe(1);
  const begun = performance.now();
  await reference.shut();
  expect(await gone()).toBe(true);
  await reference.open();
  expect(await watched.wereGone(begun)).toBe(true);
  expect(await watched.wereGone(performance.now())).toBe(false);
});

test('while others answer it is the references that are away', async () => {
  const reference = await openReference();
  const { watched } = watch([reference]);
  await expect.poll(() => reference.target.connections()).toBe(1);
  await reference.shut();
  watched.heard(); // long enough ago: before it is asked
  expect(await watched.wereGone(performance.now())).toBe(true);
  const answer = setInterval(() => watched.heard(), 100);
  onTestFinished(() => clearInterval(answer));
  expect(await watched.wereGone(performance.now())).toBe(false);
});

test('a reference by name is gone when DNS is silent, in the time that references have', async () => {
  const dns = await openDnsServer();
  onTestFinished(dns.close);
  dns.answer('reference.example.com', ['127.0.0.1']);
  const reference = await openReference();
  const { gone } = watch(
    [{ host: 'reference.example.com', port: reference.port }],
    createResolver({ servers: [dns.address], hostsFile: false }),
  );
  await expect.poll(() => reference.target.connections()).toBe(1);
  expect(await gone()).toBe(false);
  dns.answer('reference.example.com', 'silence');
  const askedAt = performance.now();
  expect(await gone()).toBe(true);
  expect(performance.now() - askedAt).toBeGreaterThan(1400);
  expect(performance.now() - askedAt).toBeLessThan(3500);
});

test('references are hosts and ports, and nobody on the internet is asked unless named', () => {
  const read = (targets?: string) =>
    readConfig({
      PROBER_DATABASE_URL: 'postgres://localhost/x',
      MONITOR_KEY,
      PROBER_REFERENCE_TARGETS: targets,
    }).referenceTargets;
  expect(read('gateway.lan:53, 10.0.0.1:80\n[fd00::1]:443')).toEqual([
    { host: 'gateway.lan', port: 53 },
    { host: '10.0.0.1', port: 80 },
    { host: '[fd00::1]', port: 443 },
  ]);
  expect(read('')).toEqual([]);
  expect(read()).toEqual([]);
  for (const wrong of ['gateway', 'http://a.example:80/', 'a.example:0', 'a.example:70000', ':443']) {
    expect(() => read(`1.1.1.1:443 ${wrong}`)).toThrow(
      `PROBER_REFERENCE_TARGETS: "${wrong}" is not a host and a port such as one.one.one.one:443.`,
    );
  }
});
