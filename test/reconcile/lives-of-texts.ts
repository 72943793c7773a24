import type { Life } from './life';

export const textLives: readonly Life[] = [
  {
    section: 'customPhrases',
    key: 'german',
    surroundings: {},
    full: { languageTag: 'de', translation: { action: { sign_in: 'Anmelden', back: '' }, input: {} } },
    changes: {
      languageTag: 'fr',
      'translation.action.sign_in': 'Einloggen',
      'translation.action.back': 'Zur\u00fcck',
    },
  },
  {
    section: 'emailTemplates',
    key: 'sign-in',
    surroundings: {},
    full: {
      languageTag: 'en',
      templateType: 'SignIn',
      details: {
        subject: 'Sign in',
        content: '<p>{{code}}</p>',
        contentType: 'text/html',
        replyTo: 'help@example.com',
        sendFrom: 'shop@example.com',
      },
    },
    changes: {
      languageTag: 'de',
      templateType: 'Register',
      'details.subject': 'Your code',
      'details.content': 'Line 1\nLine 2 {{code}} ',
      'details.contentType': 'text/plain',
      'details.replyTo': null,
      'details.sendFrom': '',
    },
  },
];
