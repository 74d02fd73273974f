import { create } from 'zustand';

interface Confirmation {
  /** Somebody is asked for their password; told whether they gave it. */
  readonly answer: ((isGiven: boolean) => void) | null;
}

export const useConfirmation = create<Confirmation>()(() => ({ answer: null }));

let asked: Promise<boolean> | null = null;

/** Asks for the password; several calls that need it at once are one question. False when somebody would rather not. */
export function askForPassword(): Promise<boolean> {
  asked ??= new Promise<boolean>((resolve) => {
    const answer = (isGiven: boolean) => {
      asked = null;
      useConfirmation.setState({ answer: null });
      resolve(isGiven);
    };
    useConfirmation.setState({ answer });
  });
  return asked;
}
