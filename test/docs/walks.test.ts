import { useEmulator } from '../support/emulator';
import { pagesOfWalks, walk } from './walks';

const emulator = useEmulator();

/** The way from dev to prod goes through three tenants: test/examples/environments.test.ts. */
const walkedElsewhere = ['docs/getting-started.md', 'examples/environments/README.md'];
const others = pagesOfWalks.filter((page) => !walkedElsewhere.includes(page));

test.each(others)(
  'the command lines of %s do what the page says',
  async (page) => {
    expect(await walk(page, emulator)).toBe('');
  },
  120_000,
);
