import type { Packages } from '../packages.js';

/** What the endpoints of applications accept: Logto's guards, with the settings of protected applications in their outer form. */
export function applicationGuards({ schemas, z }: Packages) {
  const type = z.nativeEnum(schemas.ApplicationType);
  return {
    query: z.object({
      types: type
        .array()
        .or(type.transform((one) => [one]))
        .optional(),
      excludeRoleId: z.string().optional(),
      excludeOrganizationId: z.string().optional(),
      isThirdParty: z.union([z.literal('true'), z.literal('false')]).optional(),
    }),
    create: schemas.applicationCreateGuard
      .omit({ protectedAppMetadata: true })
      .extend({ protectedAppMetadata: z.object({ subDomain: z.string(), origin: z.string() }).optional() }),
    patch: schemas.applicationPatchGuard.omit({ protectedAppMetadata: true }).extend({
      appLevelAccessControlEnabled: z.boolean().optional(),
      isAdmin: z.boolean().optional(),
      protectedAppMetadata: z
        .object({
          origin: z.string().optional(),
          sessionDuration: z.number().optional(),
          pageRules: z.object({ path: z.string() }).array().optional(),
          additionalScopes: z.string().array().optional(),
        })
        .nullish(),
    }),
  };
}
