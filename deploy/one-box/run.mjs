// Plain JavaScript for any Node from 20 on: it installs what the project needs and hands over to the Node pinned there.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const BUN = 'bun@1.4.5';
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const MODULES = path.join(ROOT, 'node_modules');
const PINNED_NODE = path.join(MODULES, '.bin', 'node');
const STAMP = path.join(MODULES, '.installed');

if (Number(process.versions.node.split('.')[0]) < 20) {
  fail(`StatusWatch needs Node 20 or newer; this is ${process.version}.`);
}
const [script, ...args] = process.argv.slice(2);
if (script === undefined) fail('Usage: node deploy/one-box/run.mjs <script> [arguments]');

const wanted = describeInstall();
if (!existsSync(PINNED_NODE) || !existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== wanted) install(wanted);
handOver();

/** What an installation depends on: the packages and the machine they were chosen for. */
function describeInstall() {
  const lock = createHash('sha256')
    .update(readFileSync(path.join(ROOT, 'bun.lock')))
    .digest('hex');
  return `${process.platform} ${process.arch} ${lock}\n`;
}

function install(stamp) {
  process.stderr.write('Installing packages; this happens once and takes about a minute.\n');
  const bun = spawnSync('npx', ['--yes', BUN, 'install', '--frozen-lockfile'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
  });
  if (bun.error) fail(`npx could not be started (${bun.error.message}): install npm, which brings it.`);
  if (bun.status !== 0) {
    process.stderr.write(`${bun.stdout}${bun.stderr}`);
    fail('The packages could not be installed: see above, then start again.');
  }
  const version = spawnSync(PINNED_NODE, ['--version'], { encoding: 'utf8' });
  if (version.status !== 0) {
    process.stderr.write(`${bun.stdout}${bun.stderr}${version.stderr ?? ''}`);
    fail(`The package "node" has no Node that runs on ${process.platform} ${process.arch}.`);
  }
  writeFileSync(STAMP, stamp);
}

function handOver() {
  const child = spawn(PINNED_NODE, [path.resolve(ROOT, script), ...args], {
    cwd: ROOT,
    // The channel carries no message: its end tells the child that we are gone, however that went.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: {
      ...process.env,
      PATH: [path.join(MODULES, '.bin'), process.env.PATH].filter(Boolean).join(path.delimiter),
    },
  });
  child.on('error', (error) => fail(`${PINNED_NODE} could not be started: ${error.message}`));
  // Ctrl-C reaches the child by itself, since it is of the terminal's foreground group; a signal from elsewhere does not.
  process.on('SIGINT', () => child.kill('SIGINT'));
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  process.on('SIGHUP', () => child.kill('SIGTERM'));
  // Killed, npm takes nobody with it; the orphan sees that it has another parent.
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 500).unref();
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));
}

function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
