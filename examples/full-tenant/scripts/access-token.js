const getCustomJwtClaims = async ({ context }) => {
  return { tariff: context.user.customData?.tariff ?? 'standard' };
};
