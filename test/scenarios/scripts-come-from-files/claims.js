const getCustomJwtClaims = async ({ environmentVariables }) => ({
  region: environmentVariables.REGION,
  note: '${var.key} is no expression here',
});
