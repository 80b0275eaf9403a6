import type { Face } from './api';
import { palette } from './palette';

interface Props {
  face: Face;
  t: (key: string) => string;
}

export function FacePanel({ face, t }: Props) {
  const { age, gender, glasses, ethnicity } = face.attributes;
  return (
    <table style={{ background: palette.white, color: palette.black }}>
      <tbody>
        <tr><th>{t('panel.age')}</th><td>{age}</td></tr>
        <tr><th>{t('panel.gender')}</th><td>{t(`gender.${gender}`)}</td></tr>
        <tr><th>{t('panel.glasses')}</th><td>{t(`glasses.${glasses}`)}</td></tr>
        <tr><th>人种 / Ethnicity</th><td>{t(`ethnicity.${ethnicity}`)}</td></tr>
      </tbody>
    </table>
  );
}
