import { useEmulator } from '../support/emulator';
import { pagesOfWalks, walk } from './walks';

const emulator = useEmulator();

const others = pagesOfWalks.filter((page) => page !== 'docs/getting-started.md');

test.each(others)(
  'the command lines of %s do what the page says',
  async (page) => {
    expect(await walk(page, emulator)).toBe('');
  },
  120_000,
);
