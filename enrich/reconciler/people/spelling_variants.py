"""List other spellings of a name: ü in pinyin, long vowels of Japanese, old and new Chinese characters."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Passports, keyboards and the standard of 2011 write ü after l and n in three ways: Lü, Lv, Lyu.
_PINYIN = re.compile(r"(?<=[ln])ü")
_PINYIN_WORDS = {"lv": ("lyu", "lue"), "nv": ("nyu", "nue"), "lyu": ("lv", "lue"), "nyu": ("nv", "nue")}
# Ōta is Ota, Oota, Ohta; Satō is Sato, Satou, Satoh: Hepburn's macron is often left out, or spelt.
_JAPANESE = re.compile(r"(?:(?:[kstnhmrgzdbp]y?|ch|sh|ts|[fjwy])?+[aiueo]|[nh])++")
_LONG_VOWEL = re.compile(r"^o[oh](?![aiueo])|o[uh](?![aiueo])|uu|(?<=[^aiueo])oo$")
_VOWELS = frozenset("aiueo")
FEWEST_SYLLABLES = 2  # of a Japanese name: "Ho" and "Hou" are two Chinese families
# The simplified character of each group comes first, then the traditional, Japanese and rare ones for it.
_CHARACTERS = str.maketrans(
    {
        other: group[0]
        for group in (
            "伟偉 陈陳 张張 刘劉 杨楊 赵趙 黄黃 吴吳 孙孫 马馬 冯馮 郑鄭 谢謝 许許 邓鄧 萧蕭 叶葉"
            " 吕呂 苏蘇 卢盧 蒋蔣 贾賈 鲁魯 韦韋 范範 谭譚 邹鄒 陆陸 龙龍竜 万萬 钱錢 汤湯 赖賴 龚龔"
            " 严嚴厳 顾顧 阎閻 庄莊 聂聶 毕畢 齐齊斉 斋齋斎 钟鍾鐘 娄婁 栾欒 储儲 贺賀 罗羅 凤鳳 丽麗"
            " 华華 国國 军軍 杰傑 东東 强強彊 学學 宁寧 静靜 颖穎 莹瑩 琼瓊 爱愛 兰蘭 莲蓮 鹏鵬 飞飛"
            " 云雲 庆慶 丰豐豊 礼禮 义義 欢歡 乐樂楽 胜勝 贤賢 圣聖 泽澤沢 涛濤 洁潔 净淨浄 满滿満"
            " 滨濱浜 济濟済 灿燦 炜煒 焕煥 烨燁 尔爾 玮瑋 现現 珑瓏 环環 红紅 纯純 绍紹 维維 绮綺"
            " 绿綠緑 纬緯 县縣 继繼継 续續 绩績 联聯 聪聰聡 职職 临臨 兴興 艳艷艶豔 艺藝 荫蔭 萨薩"
            " 蓝藍 见見 规規 观觀観 记記 训訓 咏詠 诗詩 诚誠 诺諾 谦謙 誉譽 贞貞 财財 贵貴 宾賓 赛賽"
            " 赞贊 轩軒 辉輝 进進 远遠 达達 选選 边邊邉辺 邮郵 乡鄉 钧鈞 银銀 铭銘 锐銳 锋鋒 锦錦 镇鎮"
            " 铁鐵鉄 鉴鑒 长長 门門 开開 闵閔 阳陽 隐隱 隶隸 韩韓 顺順 颂頌 领領 颜顏顔 题題 愿願"
            " 显顯顕 风風 骏駿 腾騰 骁驍 骥驥 高髙 鲍鮑 鹤鶴 鹰鷹 党黨 龄齡 广廣広 应應応 恒恆 悦悅"
            " 惠恵 宪憲 怀懷 扬揚 择擇 数數 时時 晓曉暁 晔曄 书書 会會 栋棟 荣榮栄 树樹 桦樺 樱櫻桜"
            " 权權 气氣気 岛嶋島嶌 岗崗 岭嶺 峰峯 岩巖巌 师師 帅帥 库庫 彦彥 弥彌 从従從 径徑 德徳"
            " 乔喬 单單単 尝嘗 团團団 圆圓円 图圖図 场場 坚堅 执執 报報 寿壽 梦夢 奥奧 奋奮 姗姍 娱娛"
            " 娴嫻 娇嬌 宽寬寛 宝寶 实實実 将將 专専專 对對 导導 寻尋 仪儀 亿億 优優 俭儉 伦倫 个個"
            " 备備 传傳伝 儿兒児 册冊 则則 刚剛 创創 剑劍剣 劲勁 动動 务務 勋勲勳 励勵 协協 卫衛衞"
            " 参參 发発發 变變変 啸嘯 渊淵渕 泷滝瀧 濑瀨瀬 润潤 潇瀟 湾灣 烟煙 热熱 争爭 状狀 狮獅"
            " 献獻 瑶瑤 画畫 异異 当當 监監 盘盤 真眞 矶磯 础礎 祯禎 穗穂 稳穩 并竝並 笔筆 简簡 篮籃"
            " 粮糧 纪紀 纹紋 纳納 细細 组組 结結 丝絲 经経經 总総總 练練 翘翹 习習 声聲 肃肅 胆膽 台臺"
            " 茎莖 堇菫 苍蒼 盖蓋 荟薈 蔷薔 虾蝦 蝉蟬 蛮蠻 补補 袭襲 调調 论論 贝貝 跃躍 转轉転 辩辯"
            " 回迴 适適 迟遲 遥遙 邝鄺 郦酈 钊釗 钢鋼 铮錚 闯闖 关關関 闫閆 阵陣 阴陰 隽雋 双雙 离離"
            " 电電 雾霧 韵韻 响響 颉頡 频頻 飘飄 骆駱 骞騫 鲤鯉 鸣鳴 鸿鴻 鹃鵑 鸥鷗 鹭鷺 点點 富冨"
            " 崎﨑嵜 馆舘館 槙槇"
        ).split()
        for other in group[1:]
    }
)


def list_variants(word: str) -> Iterator[str]:
    """Yield other spellings of a word in lower case, with the accents that they keep."""
    yield from _PINYIN_WORDS.get(word, ())
    if _PINYIN.search(word):
        yield from (_PINYIN.sub("v", word), _PINYIN.sub("yu", word))
    if "å" in word:
        yield word.replace("å", "aa")
    if (short := _shorten_vowels(word)) != word:
        yield short


def _shorten_vowels(word: str) -> str:
    """Return a Japanese word with short vowels; any other word as it is."""
    short = _LONG_VOWEL.sub(lambda vowel: vowel[0][0], word)
    is_japanese = short != word and _JAPANESE.fullmatch(word)
    return short if is_japanese and sum(map(_VOWELS.__contains__, short)) >= FEWEST_SYLLABLES else word


def unify_characters(word: str) -> str:
    """Return a word with each Chinese character in its simplified form: 王偉 is 王伟."""
    return word if word.isascii() else word.translate(_CHARACTERS)
