import { existsSync } from 'node:fs';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type BrowserContext, type Page } from 'playwright-core';

/** Debian's chromium, or another one by CHROMIUM; .ci/run installs it where it can. */
const executable = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const isThere = existsSync(executable);
if (!isThere) {
  console.warn(
    `SKIPPED: tests in a real browser, because there is no ${executable} (apt-get install chromium)`,
  );
}

/** `describe`, where there is a browser. */
export const describeInBrowser: jest.Describe = isThere ? describe : describe.skip;

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface OpenedPage {
  readonly page: Page;
  /** What the page has said, asked for from anywhere, or been refused. */
  readonly complaints: readonly string[];
}

/** A browser of its own for a file of tests, with one page, in which one thing after the other is opened. */
export function useBrowser(): {
  open(
    html: string,
    options?: { width?: number; scheme?: 'light' | 'dark'; part?: string },
  ): Promise<OpenedPage>;
} {
  const folder = mkdtempSync(join(tmpdir(), 'logto-iac-browser-'));
  let context: BrowserContext | undefined;
  let page: Page | undefined;
  let opened = 0;
  beforeAll(async () => {
    context = await chromium.launchPersistentContext(join(folder, 'profile'), {
      executablePath: executable,
      headless: true,
      args: flags,
      offline: true,
    });
  });
  afterAll(async () => {
    await context?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    async open(html, { width = 1280, scheme = 'light', part = '' } = {}) {
      if (!context) throw new Error('the browser has not been started');
      // Another name each time: where only the hash differs, a browser stays in the page that it has.
      const file = join(folder, `page-${opened++}.html`);
      writeFileSync(file, html);
      page ??= await context.newPage();
      page.removeAllListeners();
      const complaints: string[] = [];
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('request', (request) => {
        if (request.url() !== address) complaints.push(`asks for ${request.url()}`);
      });
      await page.emulateMedia({ colorScheme: scheme });
      await page.setViewportSize({ width, height: 900 });
      const address = pathToFileURL(file).href;
      await page.goto(`${address}${part === '' ? '' : `#${part}`}`);
      return { page, complaints };
    },
  };
}
