import { Button } from '@mui/material';
import { useMutation } from '@tanstack/react-query';
import { ImageUp } from 'lucide-react';
import { useRef } from 'react';
import { readAccountAgain } from '../../../session.ts';
import { toast } from '../../../ui/toasts.ts';
import { sendAvatar } from './sendAvatar.ts';

export function PictureButton({ label }: { readonly label: string }) {
  const input = useRef<HTMLInputElement>(null);
  const send = useMutation({
    mutationFn: sendAvatar,
    onSuccess: readAccountAgain,
    onError: (error) => toast({ text: error.message, tone: 'fail' }),
  });
  const handleChange = () => {
    const file = input.current?.files?.[0];
    if (file) send.mutate(file);
    // The same file can be chosen again.
    if (input.current) input.current.value = '';
  };
  return (
    <>
      <Button disabled={send.isPending} onClick={() => input.current?.click()}>
        <ImageUp aria-hidden />
        {label}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label="Picture"
        accept="image/png,image/jpeg,image/webp"
        onChange={handleChange}
      />
    </>
  );
}
