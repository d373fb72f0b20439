import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import chromium, { inflate } from '@sparticuz/chromium';

/**
 * A program: unpacks Chromium, and the libraries that a bare machine lacks, into its `TMPDIR`. It is a process of its own
 * because the package knows no other place, and takes whatever lies there, half unpacked by someone else or not.
 */
const packed = join(dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium'))), '..', 'bin');
await Promise.all([chromium.executablePath(packed), inflate(join(packed, 'al2023.tar.br'))]);
