import { AppError } from '../errors.ts';

export const wrongCode = (details = {}): AppError =>
  new AppError('secondFactor.wrongCode', 'This code is wrong, or was used before.', details);
