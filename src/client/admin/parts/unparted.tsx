/** Browsers know these as two words or more, and a narrow column would show half of one. */
const WORDS = /(หน่วยงาน|เป้าหมาย|น้ำหนัก|ร้อยละ|คำตอบ|ตัวชี้วัด|แบบวัด|ส่วนราชการ|เครื่องมือ|ผู้ตอบ|ผู้รับผิดชอบ)/;

/** The title of a column or of a place, in which Thai words stay whole. It is copied and found like any text: nothing stands between the letters. */
export function Unparted({ text }: { text: string }) {
  return (
    <>
      {text.split(WORDS).map((part, index) =>
        index % 2 === 0 ? (
          part
        ) : (
          <span key={index} class="unparted">
            {part}
          </span>
        ),
      )}
    </>
  );
}
