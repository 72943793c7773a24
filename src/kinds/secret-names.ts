/**
 * Whether a setting of this name is likely to be a secret. For settings of which nobody says what they are: of many
 * fields that hold one, the connectors of Logto 1.42 say so of a single one (`isConfidential` of their form items).
 */
export const looksSecret = (name: string): boolean =>
  /secret|passw|passphrase|credential|private_?key|(token|key|key_?id|pass|auth|authorization|sid)$/i.test(
    name,
  );

/** Whether a setting of this name is surely none, also among others that may be. */
export const looksHarmless = (name: string): boolean =>
  /^(type|method|user|username|name|host|port|usageType|contentType|subject)$|(uri|url|endpoint|algorithm|scope)$/i.test(
    name,
  );
