import { useAddressPart } from '../../ui/useAddress.ts';

/** The step that lies open beside the page. It stands in the address, so that it can be shown to somebody. */
export const useOpenStep = () => useAddressPart('step');
