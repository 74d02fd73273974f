import layoutWorkerUrl from './layout.worker.ts?worker&url';

/** Browsers without Trusted Types take the address as it is. TypeScript's browser types know none of this yet. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): {
    createScriptURL(url: string): string;
  };
}
declare global {
  interface Window {
    readonly trustedTypes?: TrustedTypes;
  }
}

/** The api's content security policy names it; it knows one address. */
const policy = window.trustedTypes?.createPolicy('troupe-worker', {
  createScriptURL: (url) => {
    if (url !== layoutWorkerUrl) throw new Error('This is no worker of ours');
    return url;
  },
});

export function openLayoutWorker(): Worker {
  const url = policy?.createScriptURL(layoutWorkerUrl) ?? layoutWorkerUrl;
  return new Worker(url, { type: 'module' });
}
