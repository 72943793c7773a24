const postSignIn = async ({ event, api }) => {
  return api.allow();
};
