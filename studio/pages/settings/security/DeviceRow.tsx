import { Button } from '@mui/material';
import { type LucideIcon, Monitor, Smartphone, SquareTerminal, Tablet } from 'lucide-react';
import { Chip } from '../../../ui/Chip.tsx';
import { formatMoment, formatWhen } from '../../../ui/formats.ts';
import styles from './SecurityPage.module.css';
import { type Device, useDeviceCommands } from './useSecurityCommands.ts';

const ICONS: Readonly<Record<Device['device']['kind'], LucideIcon>> = {
  computer: Monitor,
  phone: Smartphone,
  tablet: Tablet,
  program: SquareTerminal,
};

export function DeviceRow({ device }: { readonly device: Device }) {
  const { close } = useDeviceCommands(device);
  const { name, kind } = device.device;
  const Icon = ICONS[kind];
  return (
    <li className={styles.device}>
      <Icon aria-hidden />
      <div>
        <span className={styles.name}>
          <b>{name}</b>
          {device.isCurrent && <Chip tone="ok">This device</Chip>}
          {device.hasSecondFactor && <Chip>In two steps</Chip>}
        </span>
        <small>
          <span title={formatMoment(device.lastUsedAt)}>Used {formatWhen(device.lastUsedAt)}</span>
          {device.ip && (
            <>
              {' from '}
              <span className="mono">{device.ip}</span>
            </>
          )}
          {', '}
          <span title={formatMoment(device.createdAt)}>signed in {formatWhen(device.createdAt)}</span>
        </small>
      </div>
      {!device.isCurrent && (
        <Button
          size="small"
          aria-label={`Sign out ${name}`}
          disabled={close.isPending}
          onClick={() => close.mutate({ id: device.id })}
        >
          Sign out
        </Button>
      )}
    </li>
  );
}
