import { type CredentialProvider, kindOf } from '#workflows/catalogue/credentials.ts';
import { invalid } from '../errors.ts';

/** As a row has it: null for nothing. Refused for keys that open no embeddings. */
export function embeddingModelOf(provider: CredentialProvider, given: string | undefined): string | null {
  if (given === undefined || given === '') return null;
  const { title, embedsWith } = kindOf(provider);
  if (embedsWith === undefined)
    throw invalid('embeddingModel', `A credential for ${title} has no embedding model.`);
  return given;
}
