const postSignIn = async () => ({});
