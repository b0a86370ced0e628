// Plain words for a browser that is too old for the app, or that could not fetch it. In the oldest JavaScript (not even
// `let`), because such a browser reads nothing newer.
(function (words, form) {
  function withText(element, text) {
    element.textContent = text;
    return element;
  }

  function add(parent, name, text) {
    return parent.appendChild(withText(document.createElement(name), text));
  }

  function fill(section, entry) {
    section.lang = entry[0];
    section.className = 'cannot-start';
    add(section, 'h1', entry[1]);
    add(section, 'p', entry[2]);
    // Where the questions can be answered without the app, if the page told.
    if (form) add(section, 'a', entry[3]).href = form + '?lang=' + entry[0];
  }

  function tellIn(app) {
    if (!app || app.firstChild) return;
    words.forEach(function (entry) {
      fill(add(app, 'section', ''), entry);
    });
  }

  // What the server rendered leads nowhere without the scripts, as long as they have not taken it over.
  function clear(app) {
    if (!app || app.getAttribute('data-rendered') === null) return;
    form = app.getAttribute('data-rendered');
    app.removeAttribute('data-rendered');
    app.innerHTML = '';
  }

  // What windows of other apps and helpers of the browser put into a page fails by itself, most often without an address.
  function isOurs(event) {
    return String(event.filename || event.target.src).indexOf(location.origin + '/assets/') === 0;
  }

  function tell(event) {
    if (event && !isOurs(event)) return;
    clear(document.getElementById('first-question'));
    clear(document.getElementById('app'));
    tellIn(document.getElementById('app'));
    tellIn(document.getElementById('first-question'));
  }

  // A script that fails, or one that cannot be read: the page is empty only then.
  window.addEventListener('error', tell, true);
  if (!('noModule' in document.createElement('script'))) tell();
})(
  [
    [
      'th',
      'เปิดแบบประเมินไม่ได้',
      'ตรวจอินเทอร์เน็ตแล้วเปิดหน้านี้ใหม่ ถ้ายังไม่ได้ กรุณาใช้ Chrome หรือ Safari รุ่นใหม่ หรือขอใช้เครื่องของหน่วยงาน',
      'ตอบในหน้าธรรมดาแทน',
    ],
    [
      'en',
      'This survey could not be opened',
      'Check the internet connection and open the page again. If that does not help, please use a newer Chrome or Safari, or ask to use the office’s device.',
      'Answer on a plain page instead',
    ],
    [
      'zh',
      '无法打开问卷',
      '请检查网络后重新打开本页。如仍无法打开，请使用较新版本的 Chrome 或 Safari，或向工作人员借用本单位的设备。',
      '改用普通页面作答',
    ],
    [
      'my',
      'မေးခွန်းလွှာကို ဖွင့်၍မရပါ',
      'အင်တာနက်ကို စစ်ဆေးပြီး စာမျက်နှာကို ပြန်ဖွင့်ပါ။ မရသေးပါက ပိုသစ်သော Chrome သို့မဟုတ် Safari ကို သုံးပါ၊ သို့မဟုတ် ရုံး၏ စက်ကို တောင်းသုံးပါ။',
      'ရိုးရိုးစာမျက်နှာတွင် ဖြေရန်',
    ],
  ],
  null,
);
