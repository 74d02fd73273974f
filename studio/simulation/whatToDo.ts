/** By the code of a failure: what a person can do about it. */
const HELP: Readonly<Record<string, string>> = {
  'model.noKey':
    'This provider needs a key. Add one in Settings, Credentials, or choose a model that works here.',
  'model.refusedKey':
    'The provider refused the key. Replace it in Settings, Credentials; if the key is not yours, ask whoever runs this server.',
  'credential.missing':
    'The credential was deleted. Choose another one, or add it again in Settings, Credentials.',
  'credential.notGranted': 'Let this crew use the credential in Settings, Credentials, then retry.',
  'credential.otherOrigin': 'Add the address to the credential in Settings, Credentials, then retry.',
  'credential.empty': 'Enter the secret again in Settings, Credentials, then retry.',
  'model.notFound': 'The provider has no model of this name. Choose another one for the agent.',
  'model.rateLimited': 'The provider asks for fewer requests. Wait a little, then retry.',
  'model.unavailable': 'The provider did not answer. That usually passes: retry in a moment.',
  'model.timeout': 'The answer took too long. Retry, or ask for less in one task.',
  'model.contextTooLong':
    'The task reads more than the model can hold. Let it read fewer answers, or take a larger model.',
  'model.badRequest': 'The provider did not take the request. Look at the step to see what was sent.',
  'model.badAnswer': 'The provider’s answer could not be read. Retry; if it stays, choose another model.',
  'model.refused': 'The model declined to answer. Say the task differently, or choose another model.',
  'model.emptyAnswer': 'The model answered nothing. Retry, or say the task differently.',
};

const USUAL = 'What is finished is kept: retrying goes on from the task that failed.';

export const whatToDo = (code: string): string => (Object.hasOwn(HELP, code) && HELP[code]) || USUAL;
