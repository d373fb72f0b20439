import Upload from 'lucide-solid/icons/upload';
import { Button } from '../../../ui/button.tsx';

/** More than a long chain with its key; whatever is larger is something else. */
const MOST_BYTES = 128 * 1024;

/** Chooses a file and reads it here; it goes nowhere but into the form. */
export function PemFile(props: { onText: (text: string) => void; onProblem: (sentence: string) => void }) {
  let input: HTMLInputElement | undefined;
  const read = async (file: File | undefined) => {
    if (file === undefined) return;
    if (file.size > MOST_BYTES) {
      props.onProblem('This file is too large to be a certificate or a key.');
      return;
    }
    try {
      props.onText(await file.text());
    } catch {
      props.onProblem('This file could not be read.');
    }
  };
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        accept=".pem,.crt,.cer,.key,.txt,application/x-pem-file"
        aria-label="PEM file with the certificate, the key, or both"
        onChange={(event) => {
          void read(event.currentTarget.files?.[0]);
          event.currentTarget.value = ''; // the same file can be chosen again
        }}
      />
      <Button variant="ghost" size="small" onClick={() => input?.click()}>
        <Upload class="size-4" aria-hidden="true" />
        Choose a file
      </Button>
    </>
  );
}
