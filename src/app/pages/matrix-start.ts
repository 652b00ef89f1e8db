// Starts the matrix's worker under the page's policy: a script's address has to be vouched for (Trusted Types).
import address from './matrix-worker.ts?worker&url';

/** As much of Trusted Types as is used; browsers without them take the address as it is. */
interface Policy {
  createScriptURL(input: string): string;
}
interface PolicyFactory {
  createPolicy(name: string, rules: Policy): Policy;
}

/** Vouches for this program's worker and nothing else. Its name stands in the policy of index.html. */
function makePolicy(): Policy {
  const rules: Policy = {
    createScriptURL(input) {
      if (input !== address) throw new TypeError('Only the worker of the matrix may be started.');
      return input;
    },
  };
  const { trustedTypes } = globalThis as { readonly trustedTypes?: PolicyFactory };
  return trustedTypes?.createPolicy('peerglass-worker', rules) ?? rules;
}

// A page makes a policy of a name only once.
const policy = makePolicy();

/** Starts one. */
export function startMatrixWorker(): Worker {
  return new Worker(policy.createScriptURL(address), { type: 'module', name: 'matrix' });
}
