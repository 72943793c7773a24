/**
 * Whether a setting of this name is likely to be a secret. For settings of which nobody says what they are: of many
 * fields that hold one, the connectors of Logto 1.42 say so of a single one (`isConfidential` of their form items).
 */
export const looksSecret = (name: string): boolean =>
  /secret|passw|passphrase|credential|private_?key|(token|key|key_?id|pass|auth|authorization|sid)$/i.test(
    name,
  );
