/** The library that these sources are built for; the build replaces it, here and in every import. */
const library: string = 'cdktf';

/** Its provider package, `@cdktf/provider-null`, exists for cdktf alone; Terraform's own resource needs none. */
export const defaultRunner = library === 'cdktf' ? 'null_resource' : 'terraform_data';
