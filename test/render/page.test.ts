import { join } from 'node:path';
import type { Page } from 'playwright-core';

import { manifestGraph } from '../../src/access/manifest-graph';
import type { Manifest } from '../../src/manifest/manifest';
import { parseManifest } from '../../src/manifest/load-manifest';
import { reportHtml } from '../../src/render/html';
import { graphHtml } from '../../src/render/html-graph';
import type { Report } from '../../src/render/report';
import { describeInBrowser, useBrowser } from '../support/browser';
import { exampleReports } from './plans';

jest.setTimeout(60_000);

let reports: ReadonlyMap<string, Report> = new Map();
beforeAll(async () => {
  reports = await exampleReports();
});
const htmlOf = (name: string): string => {
  const report = reports.get(name);
  if (!report) throw new Error(`no report is named ${name}`);
  return reportHtml(report, { version: '1.2.3' });
};

/** Some 500 nodes. */
async function largeManifest(): Promise<Manifest> {
  const range = (length: number): readonly number[] => Array.from({ length }, (_, index) => index);
  const resource = (index: number): string => `api-${index % 20}`;
  const document = {
    apiResources: Object.fromEntries(
      range(20).map((index) => [
        resource(index),
        {
          name: `API ${index}`,
          indicator: `https://api-${index}.example.com`,
          scopes: Object.fromEntries(range(8).map((scope) => [`api-${index}:scope-${scope}`, {}])),
        },
      ]),
    ),
    roles: Object.fromEntries(
      range(100).map((index) => [
        `role-${index}`,
        {
          name: `Role ${index}`,
          description: 'For machines',
          type: 'MachineToMachine',
          scopes: {
            [resource(index)]: [`${resource(index)}:scope-${index % 8}`, `${resource(index)}:scope-0`],
          },
        },
      ]),
    ),
    applications: Object.fromEntries(
      range(220).map((index) => [
        `app-${index}`,
        { name: `Application ${index}`, type: 'MachineToMachine', roles: [`role-${index % 100}`] },
      ]),
    ),
  };
  return parseManifest([{ name: 'logto.yaml', text: JSON.stringify(document) }]);
}

// What runs in the page is text: the types of a browser are not those of these tests.
const visible = (page: Page, selector: string): Promise<readonly string[]> =>
  page.evaluate<readonly string[]>(`[...document.querySelectorAll(${JSON.stringify(selector)})]
    .filter((element) => element.getClientRects().length > 0)
    .map((element) => (element.querySelector('text, .address') ?? element).textContent)`);

describeInBrowser('the page of a report, in Chromium', () => {
  const browser = useBrowser();
  const shot = async (page: Page, name: string): Promise<void> => {
    const folder = process.env['LOGTO_IAC_SCREENSHOTS'];
    if (folder !== undefined) await page.screenshot({ path: join(folder, `${name}.png`) });
  };

  test.each([390, 768, 1280])('fits into %d pixels, light and dark, in all its parts', async (width) => {
    for (const scheme of ['light', 'dark'] as const) {
      const { page, complaints } = await browser.open(htmlOf('mixed'), { width, scheme });
      for (const part of ['plan', 'graph', 'reach', 'matrix']) {
        await page.evaluate(`location.hash = '#${part}'`);
        await page.locator(`main > section#${part} > h2`).waitFor();
        await shot(page, `${part}-${scheme}-${width}`);
        const [scrollWidth, background] = await page.evaluate<readonly [number, string]>(
          'const all = document.documentElement; [all.scrollWidth, getComputedStyle(document.body).backgroundColor]',
        );
        expect(scrollWidth).toBeLessThanOrEqual(width);
        expect(background).toBe(scheme === 'light' ? 'rgb(255, 255, 255)' : 'rgb(20, 24, 29)');
        expect(await visible(page, 'main > section > h2')).toHaveLength(1);
      }
      expect(complaints).toEqual([]);
    }
  });

  test('every report opens without a complaint, and runs nothing that a value holds', async () => {
    for (const name of reports.keys()) {
      const { page, complaints } = await browser.open(htmlOf(name));
      expect(await page.locator('main script, main img, main iframe').count()).toBe(0);
      expect({ name, complaints }).toEqual({ name, complaints: [] });
    }
  });

  test('the policy refuses what was smuggled in', async () => {
    const smuggled =
      '<script>document.title = "owned"</script><p style="color: red"></p><img src="https://example.com/x">';
    const { page, complaints } = await browser.open(htmlOf('mixed').replace('</main>', `${smuggled}</main>`));
    expect(await page.title()).toBe('logto-iac plan: shop');
    expect(complaints.filter((text) => /Content Security Policy/.test(text)).length).toBeGreaterThanOrEqual(
      3,
    );
  });

  test('the plan is filtered by text, section and type', async () => {
    const { page } = await browser.open(htmlOf('mixed'));
    expect(await visible(page, '.action')).toHaveLength(6);
    await page.getByRole('checkbox', { name: 'update' }).uncheck();
    expect(await visible(page, '.action')).toEqual([
      'applications.worker',
      'roles.reader',
      'applications.web',
      'roles["old.role"]',
    ]);
    await page.getByLabel('Section').selectOption('applications');
    expect(await visible(page, '.action')).toEqual(['applications.worker', 'applications.web']);
    await page.locator('#plan').getByRole('searchbox').fill('everyone customdata');
    expect(await visible(page, '.action')).toEqual(['applications.worker']);
    expect(await page.locator('#plan output').textContent()).toBe('1 of 6');
    await page.locator('#plan').getByRole('searchbox').fill('nothing like it');
    expect(await visible(page, '#plan .none')).toEqual(['Nothing matches.']);
  });

  test('values stand side by side, and sensitive ones not at all', async () => {
    const { page } = await browser.open(htmlOf('update'));
    const rows = await page.locator('.lines tr').allTextContents();
    expect(rows).toContain('  color: red;  color: navy;');
    expect(await page.locator('td.hidden').allTextContents()).toEqual(['sensitive, not shown']);
  });

  test('the graph is walked by keys: what is chosen shows what it reaches and who reaches it', async () => {
    const { page } = await browser.open(htmlOf('mixed'), { part: 'graph' });
    const all = await visible(page, '.node');
    expect(all).toEqual(
      expect.arrayContaining(['Orders API', 'orders:read', 'Writer', 'Web shop', 'old.role']),
    );
    await page.locator('[data-graph="clear"]').focus();
    await page.keyboard.press('Tab');
    for (const key of ['ArrowRight', 'ArrowRight', 'Enter']) await page.keyboard.press(key);
    expect(await page.evaluate('document.activeElement.querySelector("text").textContent')).toBe(
      'orders:read',
    );
    expect(await visible(page, '.node')).toEqual([
      'Worker <b>"1" & co</b>',
      'Reader',
      'Writer',
      'Orders API',
      'orders:read',
    ]);
    await page.keyboard.press('Escape');
    expect(await visible(page, '.node')).toEqual(all);
    await page.locator('#graph').getByRole('searchbox').fill('orders:write');
    expect(await visible(page, '.node')).not.toContain('Reader');
    await page.getByRole('checkbox', { name: 'only what changes' }).first().check();
    expect(await page.locator('.edge.added:not([hidden])').count()).toBeGreaterThan(0);
  });

  test('the matrix says which machine gains and loses which permission, and through what', async () => {
    const { page } = await browser.open(htmlOf('mixed'), { part: 'matrix' });
    expect(await visible(page, '.matrix tbody th')).toEqual(['Worker <b>"1" & co</b>']);
    const titles = "[...document.querySelectorAll('.matrix tbody td')].map((cell) => cell.title)";
    expect(await page.evaluate(titles)).toEqual(['added, through Reader; Writer', 'added, through Writer']);
  });

  test('500 nodes stay readable: one is chosen, and little is left', async () => {
    const manifest = await largeManifest();
    const html = graphHtml(manifestGraph(manifest), { stack: 'large' }, { version: '1.2.3' });
    const { page, complaints } = await browser.open(html);
    await shot(page, 'large');
    expect((await visible(page, '.node')).length).toBeGreaterThanOrEqual(500);
    await page.locator('#graph').getByRole('searchbox').fill('Application 107');
    expect(await visible(page, '.node')).toEqual([
      'Application 107',
      'Role 7',
      'API 7',
      'api-7:scope-0',
      'api-7:scope-7',
    ]);
    await shot(page, 'large-chosen');
    const fits = 'document.querySelector(".node.application:not([hidden]) text").getBBox().width';
    expect(Number(await page.evaluate(fits))).toBeLessThan(200);
    expect(complaints).toEqual([]);
  });
});
