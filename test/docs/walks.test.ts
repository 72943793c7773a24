import { useEmulator } from '../support/emulator';
import { pagesOfWalks, walk } from './walks';

const emulator = useEmulator();

/** Pages that need other tenants than the one that is there already. */
const testedElsewhere = [
  // getting-started.test.ts: starts its own
  'docs/getting-started.md',
  // test/examples/environments.test.ts: of three tenants
  'examples/environments/README.md',
];

test.each(pagesOfWalks.filter((page) => !testedElsewhere.includes(page)))(
  'the command lines of %s do what the page says',
  async (page) => {
    expect(await walk(page, emulator)).toBe('');
  },
  120_000,
);
