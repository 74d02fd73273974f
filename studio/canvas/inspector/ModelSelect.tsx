import type { UseFormRegisterReturn } from 'react-hook-form';
import { Select } from '../../ui/TextInput.tsx';
import { groupsOf, type ModelOffer } from './modelOffer.ts';

interface ModelSelectProps {
  readonly field: UseFormRegisterReturn;
  readonly offer: ModelOffer | undefined;
  /** What is chosen now: offered even where there is no key for it. */
  readonly name: string;
  /** Given by Field. */
  readonly id?: string;
}

/** What can be used here, by whose it is. */
export function ModelSelect({ field, offer, name, ...described }: ModelSelectProps) {
  const groups = offer ? groupsOf(offer) : [];
  const isOffered = name === '' || groups.some(({ models }) => models.some((model) => model.name === name));
  return (
    // Options that come later are not chosen by themselves: a new element takes the form's value again.
    <Select key={offer ? 'offered' : 'waiting'} {...described} {...field}>
      <option value="">{offer ? `The default (${offer.defaultModel})` : 'The default'}</option>
      {!isOffered && <option value={name}>{name}</option>}
      {groups.map(({ group, models }) => (
        <optgroup key={group} label={group}>
          {models.map((model) => (
            <option key={model.name} value={model.name}>
              {model.title}
            </option>
          ))}
        </optgroup>
      ))}
    </Select>
  );
}
