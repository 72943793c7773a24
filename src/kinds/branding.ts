import { flag, object, text } from './field.js';

const url = (description: string) => text({ nullable: true, minLength: 1, format: 'url', description });

/** Logos and icons, by their address. */
export const branding = object(
  {
    logoUrl: url('The logo.'),
    darkLogoUrl: url('The logo in dark mode.'),
    favicon: url('The icon.'),
    darkFavicon: url('The icon in dark mode.'),
  },
  { insteadOfNull: 'the keys that you want to clear', description: 'Logos and icons.' },
);

const color = (description: string) => text({ nullable: true, minLength: 1, format: 'color', description });

/** Colours of which each may be left to the tenant. */
export const partialColor = object(
  {
    primaryColor: color('Of buttons and links.'),
    isDarkModeEnabled: flag({ nullable: true, description: 'Whether there is a dark mode.' }),
    darkPrimaryColor: color('The same in dark mode.'),
  },
  { insteadOfNull: 'the keys that you want to clear', description: 'Colours.' },
);
