"""Common words of technology and news: the English words that a Korean one may be translated by.

This is no dictionary. It helps to decide which of two sentences or links is the translation of
which. Korean and English words are given by how they begin (``updat`` is update, updates,
updating); a Korean word of one syllable must be a whole word, with or without a particle.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_WORDS = """
문서 doc document manual; 설명서 doc document manual guide; 안내 guid notice; 가이드 guid;
지침 guideline instruct; 튜토리얼 tutorial; 자습서 tutorial; 강좌 course lesson tutorial;
강의 lectur course; 과정 course process; 학습 learn train stud; 교육 educat train; 훈련 train;
수업 class lesson; 연습 exercis practic; 과제 task assign challeng; 예제 exampl sampl;
예시 exampl instance; 예 exampl; 사례 case exampl; 샘플 sampl; 본보기 exampl; 참고 refer see note;
참조 refer; 레퍼런스 refer; 출처 sourc origin; 자료 material data resourc; 자세 detail more full;
상세 detail; 세부 detail; 정보 info detail; 개요 overview outline summary;
소개 introduc intro about; 요약 summar abstract; 논문 paper; 기사 article;
글 article post text writ; 게시물 post; 게시 post publish; 블로그 blog; 뉴스 news; 소식 news;
보고서 report; 보고 report; 연구 research stud work; 연구소 lab institut; 실험 experiment;
조사 survey investig; 책 book; 서적 book; 절 section; 섹션 section; 부분 part section portion;
단원 unit chapter; 항목 item entr; 페이지 page; 홈페이지 home site; 사이트 site; 주소 address url;
링크 link; 저장소 repo storage; 리포지토리 repo; 레포 repo; 허브 hub; 소스 source; 이슈 issue;
문제 problem issue question; 오류 error bug; 에러 error; 버그 bug; 결함 defect bug fault; 실패 fail;
예외 except; 경고 warn; 해결 solv fix resolv resolut workaround; 수정 fix edit modif correct chang;
고치 fix repair; 질문 question ask faq; 답변 answer repl; 답 answer; 토론 discuss; 논의 discuss;
대화 convers chat dialog; 채팅 chat; 의견 opinion comment feedback; 피드백 feedback; 댓글 comment;
주석 comment annot; 제안 propos suggest; 설치 install setup;
설정 set setting config setup prefer option; 구성 config compos structur setup component;
환경 environment; 준비 prepar setup; 시작 start begin launch quickstart getting; 빠른 quick fast;
실행 run runn execut launch; 작동 work operat; 동작 behav work action; 사용 us; 이용 us;
활용 us util appl leverag; 적용 appl; 쓰기 writ; 읽기 read; 읽 read; 쓰 writ us; 사용자 user;
사용법 usage how; 방법 how method way; 방식 way method approach mode; 기법 techniq method;
기술 tech skill describ; 개발 develop dev; 개발자 develop; 프로그래머 programm; 프로그램 program;
프로그래밍 programm; 코드 code; 코딩 cod; 작성 writ creat author; 만들 mak creat build;
만드는 creat mak build; 생성 generat creat; 제작 produc mak creat; 구축 build construct; 빌드 build;
컴파일 compil; 배포 deploy distribut releas; 출시 launch releas; 공개 public open releas unveil;
발표 announc present releas; 릴리스 releas; 버전 version; 업데이트 updat; 갱신 updat renew refresh;
업그레이드 upgrad; 변경 chang; 추가 add addit additional append; 삭제 delet remov;
제거 remov delet eliminat; 교체 replac; 대체 replac alternat; 대안 alternat;
변환 convert transform conver; 전환 transit switch convers;
이전 previous prior migrat backward befor; 이동 mov migrat; 마이그레이션 migrat; 복사 copy;
복제 clon replic; 저장 stor sav; 불러오 load import fetch; 로드 load; 로딩 load;
가져오 fetch import get; 내보내 export; 다운로드 download; 내려받 download; 업로드 upload;
제출 submi; 신청 appl request; 요청 request; 응답 respons; 전송 send transfer transmi; 수신 receiv;
등록 regist; 가입 join sign subscri; 참여 join particip contribut involv; 참가 particip join;
기여 contribut; 후원 sponsor; 지원 support; 도움 help; 도구 tool; 툴 tool; 라이브러리 librar;
프레임워크 framework; 패키지 packag; 모듈 modul; 플러그인 plugin; 확장 exten scal expan;
구성요소 component; 요소 element component factor; 컴포넌트 component; 부품 part component;
서비스 servic; 애플리케이션 app applic; 응용 app applic; 앱 app applic; 시스템 system;
플랫폼 platform; 서버 server; 서버리스 serverless; 클라이언트 client; 고객 customer client;
브라우저 browser; 인터페이스 interfac; 화면 screen display; 버튼 button; 메뉴 menu; 창 window;
탭 tab; 입력 input enter typ; 출력 output print; 함수 function; 메서드 method; 메소드 method;
클래스 class; 객체 object; 개체 object entit; 배열 array; 목록 list; 리스트 list; 변수 variabl;
매개변수 param; 인자 argument; 인수 argument acqui; 값 valu; 기본값 default;
기본 default basic base fundament; 상수 constant; 타입 typ; 유형 typ kind; 종류 kind typ;
형식 format form; 문자열 string; 문자 char letter; 숫자 number digit; 정수 integer;
속성 attribut propert; 특성 feature characterist trait propert; 특징 featur;
기능 featur function capabilit; 능력 abilit capabilit; 성능 perform; 상태 stat status condition;
이벤트 event; 조건 condition; 반복 repeat loop iterat; 규칙 rule; 제약 constraint;
제한 limit restrict; 한계 limit; 데이터 data; 데이터베이스 databas; 데이터셋 dataset;
데이터세트 dataset; 파일 file; 폴더 folder director; 디렉터리 director; 디렉토리 director;
경로 path route; 모델 model; 모형 model; 추론 infer reason; 예측 predict forecast;
분류 classif categor; 회귀 regress; 탐지 detect; 감지 detect; 인식 recogn aware; 식별 identif;
이미지 image; 그림 figure pictur image; 사진 photo; 영상 video image; 동영상 video; 비디오 video;
음성 speech voice audio; 오디오 audio; 소리 sound; 텍스트 text; 언어 language lingu; 번역 translat;
단어 word; 문장 sentence; 문법 grammar syntax; 구문 syntax; 의미 meaning semantic;
검색 search retriev; 표준 standard; 정의 defin custom; 맞춤 custom tailor; 고급 advanc; 초급 beginn;
최신 latest recent new; 새 new; 새로 new; 신규 new; 최근 recent latest; 오래 old long;
기존 exist current previous; 현재 current present; 다음 next follow; 처음 first; 최초 first initial;
마지막 last final; 최종 final; 원래 origin; 원본 origin source; 전체 full whole all entir;
모든 all ever; 일부 some part; 여러 multipl several; 다른 other another differ; 같은 same;
작은 small; 소형 small; 큰 large big; 대규모 large massiv; 대형 large; 높은 high; 낮은 low;
좋은 good better; 나쁜 bad; 중요 importan critical; 필수 require essential must;
필요 need require necess; 선택 select choos option choic; 추천 recommend; 권장 recommend;
공식 official formal; 개인 personal privat individual; 비공개 privat closed; 공공 public;
공용 public shared; 공유 shar; 자유 free; 무료 free; 유료 paid; 오픈소스 open; 상업 commercial;
라이선스 licens; 약관 terms; 정책 polic; 규제 regulat; 법 law act; 법안 bill;
계약 contract agreement; 스마트 smart; 거래 transact trad deal; 지갑 wallet; 토큰 token; 키 key;
열쇠 key; 암호 crypto encrypt password; 서명 sign; 인증 auth certif; 권한 permission author;
보안 secur; 안전 safe; 위험 risk danger; 공격 attack; 취약 vulnerab; 개인정보 privacy;
프라이버시 privacy; 보호 protect; 신원 identit; 네트워크 network; 분산 distribut decentral;
탈중앙 decentral; 연결 connect link; 통신 communic; 프로토콜 protocol; 합의 consensus;
증명 proof prov; 작업 work task job oper; 체인 chain; 블록 block; 노드 node; 클러스터 cluster;
컨테이너 container; 클라우드 cloud; 가상 virtual; 기계 machin; 머신 machin; 하드웨어 hardwar;
소프트웨어 softwar; 가속 accelerat; 가속기 accelerat; 최적화 optimi; 압축 compress; 양자화 quanti;
배포판 distribut; 메모리 memor; 프로세서 processor; 칩 chip; 반도체 semiconductor chip; 속도 speed;
시간 time hour; 날짜 date; 일정 schedul; 시뮬레이션 simulat; 그래프 graph; 차트 chart; 표 table;
행 row; 열 column; 행렬 matri; 계층 layer hierarch tier; 층 layer; 레이어 layer; 신경망 neural;
순환 recurr cycl; 가중치 weight; 편향 bias; 손실 loss; 활성화 activ; 정확도 accura; 정밀 precis;
평가 evaluat assess; 벤치마크 benchmark; 측정 measur metric; 지표 metric indicator; 지수 index;
점수 score; 순위 rank leaderboard; 비교 compar; 차이 differ; 분석 analy; 통계 statist; 확률 probab;
수학 math; 계산 comput calculat; 연산 operat comput; 연산자 operator; 알고리즘 algorithm;
논리 logic; 로직 logic; 이론 theor; 개념 concept; 원리 princip; 원칙 princip; 설계 design;
디자인 design; 아키텍처 architect; 구조 structur architect; 구현 implement; 패턴 pattern;
템플릿 templat; 스타일 styl; 양식 form; 인증서 certif; 테스트 test; 시험 test exam;
검사 check inspect test; 검증 validat verif; 확인 check confirm verif; 디버깅 debug; 디버그 debug;
로그 log; 기록 record log histor; 모니터링 monitor; 추적 trac track; 관리 manag admin maint;
관리자 admin manag maintain; 유지 maint keep; 운영 operat run runn; 제어 control;
조정 tun adjust coordinat; 미세 fine; 자동 auto; 자동화 automat; 수동 manual; 스크립트 script;
명령 command instruct; 명령어 command; 렌더링 render; 렌더 render; 그래픽 graphic;
애니메이션 animat; 효과 effect; 훅 hook; 이펙트 effect; 의존성 dependenc; 종속 depend; 호환 compat;
통합 integrat; 병합 merg; 분리 separat split; 동기화 synchron sync; 비동기 async; 병렬 parallel;
동시 concurren simultan; 스레드 thread; 프로세스 process; 처리 process handl; 핸들러 handler;
콜백 callback; 캐시 cach; 캐싱 cach; 버퍼 buffer; 스트림 stream; 스트리밍 stream; 순서 order sequen;
정렬 sort order align; 필터 filter; 매핑 map mapp; 지도 map mapp supervis; 색인 index; 인덱스 index;
쿼리 quer; 스키마 schema; 필드 field; 레코드 record; 에이전트 agent; 로봇 robot;
도우미 helper assistant; 인공지능 artificial ai; 지능 intelligen; 생성형 generativ; 증강 augment;
강화 reinforc enhanc strength; 지식 knowledg; 증류 distill; 프롬프트 prompt; 컨텍스트 context;
문맥 context; 맥락 context; 임베딩 embed; 벡터 vector; 텐서 tensor; 확산 diffus spread;
잠재 latent potential; 인코더 encod; 디코더 decod; 노이즈 nois; 잡음 nois; 커뮤니티 communit;
공동체 communit; 단체 organiz group; 조직 organi; 재단 foundation; 기관 institut agenc organ;
기업 compan enterpris corp; 회사 compan firm; 팀 team; 그룹 group; 회원 member; 구성원 member;
정부 government; 장관 minister secretar; 대통령 president; 의회 congress parliament;
국회 assembl parliament; 선거 elect; 법원 court; 판결 ruling verdict; 경찰 polic; 군 militar army;
시장 market mayor; 경제 econom; 금융 financ; 자금 fund capital; 투자 invest;
조달 fund procure financ; 기금 fund; 은행 bank; 주식 stock share; 주가 stock share;
매출 revenu sale; 이익 profit; 영업 operat business; 가격 pric; 비용 cost; 예산 budget;
보조금 grant subsid; 보상 reward compens; 인센티브 incentiv; 수수료 fee; 결제 pay payment;
지불 pay payment; 세금 tax; 관세 tariff; 수출 export; 수입 import incom; 산업 industr;
공장 factor plant; 생산 produc; 건강 health; 의료 medic health; 병원 hospital; 과학 scien;
우주 space univers; 에너지 energ; 전력 power electric; 기후 climat; 학교 school;
대학 universit college; 학생 student; 교수 professor; 사람 people person human; 인간 human;
여성 woman women; 남성 man men; 직원 employee staff; 창업자 founder;
대표 representativ ceo chief head; 전문가 expert; 저자 author; 기자 reporter journalis; 편집 edit;
편집자 editor; 경기 game match econom; 회의 meeting conferenc summit; 정상 summit normal;
회담 summit talk; 행사 event; 모임 meetup meeting; 발표자 speaker; 강연 talk; 세션 session;
도시 city citi; 지역 region area local; 국가 nation countr; 나라 countr nation; 세계 world global;
국제 internation; 미국 us america united; 중국 china chin; 일본 japan; 한국 korea; 유럽 europ;
영국 uk brit engl; 독일 german; 프랑스 franc french; 러시아 russia; 수평 horizontal; 수직 vertical;
왼쪽 left; 오른쪽 right; 위 abov top; 아래 below bottom; 안 insid; 내부 intern insid;
외부 extern outsid; 상위 upper parent top; 하위 sub child lower; 부모 parent; 자식 child; 루트 root;
중첩 nest; 조건부 condition; 시각 visual; 시각화 visuali; 대시보드 dashboard; 뷰 view;
미리보기 preview; 편집기 editor; 콘솔 console; 터미널 terminal; 셸 shell; 단축키 shortcut;
키보드 keyboard; 모바일 mobil; 기기 devic; 장치 devic; 접근성 accessib; 접근 access approach;
액세스 access; 현지화 locali; 공정 fair process; 공정성 fair; 윤리 ethic; 책임 responsib;
투명 transparen; 신뢰 trust reliab; 편의 convenien; 차등 differential; 연합 federat union allian;
페더레이션 federat; 전이 transfer; 사전 pre diction dictionar glossar; 사후 post; 후 after post;
전 before pre; 중 during among; 없이 without; 있는 with; 위한 for; 상호 mutual inter;
상호작용 interact; 반응 react respons; 반응형 reactiv responsiv; 순수 pure; 불변 immutab;
가변 mutab variab; 소유 own owner; 빌림 borrow; 수명 lifetim; 참 true; 거짓 fals; 빈 empty;
추출 extract; 분할 split partition; 결합 combin join; 조합 combin; 제공 provid offer; 제공자 provid;
제공업체 provid vendor; 인프라 infrastruct; 유통 distribut; 공급 supply; 수요 demand; 소비 consum;
제품 product; 상품 product goods; 브랜드 brand; 역할 role; 목적 purpose objectiv;
목표 goal target objectiv; 이유 reason why; 원인 caus; 결과 result outcom;
영향 impact effect influenc; 변화 chang; 증가 increas; 감소 decreas reduc; 성장 grow; 개선 improv;
향상 improv enhanc; 계획 plan; 로드맵 roadmap; 전략 strateg; 미래 futur; 역사 histor;
배경 background; 팁 tip; 요령 tip; 모범 best; 용어 term glossar; 용어집 glossar; 여기 here;
이곳 here; 이것 this; 보다 more; 더 more; 자세히 detail more learn; 알아보 learn find; 어떻게 how;
왜 why; 무엇 what; 언제 when; 무한 infinit; 재사용 reus; 재작성 rewrit; 재현 reproduc; 재귀 recurs;
재시도 retr; 복구 recover restor; 복원 restor; 백업 backup; 초기 init earl; 초기화 init reset;
종료 exit end terminat shut; 중단 stop abort halt; 계속 continu; 완료 complet finish;
대기 wait pend; 코드베이스 codebas; 구독 subscri; 알림 notif alert; 메시지 messag; 메일 mail;
연락 contact; 알려 know tell report inform; 신고 report; 공지 announc notice; 포럼 forum;
자격 qualif credential; 인용 cit quot; 결론 conclu; 각주 footnote; 채우기 fill; 색상 color colour;
색 color colour; 글꼴 font; 크기 siz; 길이 length; 너비 width; 높이 height; 깊이 depth;
차원 dimension; 모양 shap; 형태 shap form
"""


def _read() -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, tuple[str, ...]]]:
    """Return the words of two or more syllables, and those of one."""
    long: dict[str, tuple[str, ...]] = {}
    short: dict[str, tuple[str, ...]] = {}
    for entry in _WORDS.replace("\n", ";").split(";"):
        korean = re.findall(r"[가-힣]+", entry)
        english = tuple(re.findall(r"[a-z]+", entry))
        if korean and english:
            word = "".join(korean)
            filed = long if len(word) > 1 else short
            filed[word] = (*filed.get(word, ()), *english)
    return long, short


LONG, SHORT = _read()
_LONGEST = max(map(len, LONG))
_PARTICLE = re.compile(r"(?:[은는이가을를의와과도로에]|으로|에서|들|들[은이을의])?")
_HANGUL = re.compile(r"[가-힣]+")
WHOLE = 4
"""A shorter English stem is a whole word, or one with an ending: us, uses."""
_ENDING = re.compile(r"(?:s|es|e|ed|er|ing|ings)?\Z")


@lru_cache(maxsize=4096)
def senses(korean: str) -> tuple[tuple[str, ...], ...]:
    """Return, for each known word of a Korean text, what it may be in English.

    Words are found from left to right, the longest first, in compounds too (사용자정의).
    """
    found: list[tuple[str, ...]] = []
    for run in _HANGUL.findall(korean):
        place = 0
        while place < len(run):
            for length in range(min(_LONGEST, len(run) - place), 1, -1):
                sense = LONG.get(run[place : place + length])
                if sense is not None:
                    found.append(sense)
                    place += length
                    break
            else:
                sense = SHORT.get(run[place]) if place == 0 else None
                if sense is not None and _PARTICLE.fullmatch(run, 1):
                    found.append(sense)
                place += 1
    return tuple(found)


def means(stems: tuple[str, ...], word: str) -> bool:
    """Return True when the English ``word``, in lower case, is one of the ``stems``' words."""
    for stem in stems:
        if word.startswith(stem) and (
            len(stem) >= WHOLE or _ENDING.fullmatch(word, len(stem)) is not None
        ):
            return True
    return False
