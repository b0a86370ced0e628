// What stands in a browser for Node's module "crypto", of which the seal's library takes this one name.

export const webcrypto = globalThis.crypto;
