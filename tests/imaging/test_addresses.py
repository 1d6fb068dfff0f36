"""What is fetched by an address that others wrote leads nowhere but to places that were named, and never inside."""

from __future__ import annotations

import httpcore
import pytest
from tests.imaging.file_server import leading_to

from guidelint.imaging.addresses.address import AddressError, read_address, shown
from guidelint.imaging.addresses.allowed import Allowed, Place, network_of, place_at
from guidelint.imaging.addresses.fetch import Fetcher
from guidelint.imaging.addresses.network import by_dns

NUL, TAB, NEWLINE = "\0", "\t", "\n"
NAMES = {
    "localhost": ("127.0.0.1", "::1"),
    "localhost.localdomain": ("127.0.0.1",),
    "anything.localhost": ("::1",),
    "ip6-localhost": ("::1",),
    "loopback.example": ("127.0.0.1",),
    "loopback.far.example": ("127.200.1.1",),
    "private.example": ("10.1.2.3",),
    "second.example": ("8.8.8.8", "10.1.2.3"),
    "sixth.example": ("2001:4860:4860::8888", "fd12::1"),
    "metadata.google.internal": ("169.254.169.254",),
    "azure.example": ("168.63.129.16",),
    "mapped.example": ("::ffff:10.0.0.1",),
    "nat64.example": ("64:ff9b::a00:1",),
    "carrier.example": ("100.100.100.200",),
    "zone.example": ("fe80::1%2",),
    "nothing.example": ("0.0.0.0",),  # noqa: S104 - leads to this machine
    "router.example": ("192.168.1.1",),
    "amazon.example": ("fd00:ec2::254",),
    "everybody.example": ("224.0.0.1",),
    "unique.example": ("fd00::1",),
}
LITERALS = {
    "loopback": "http://127.0.0.1/ http://127.0.0.1:8080/a.png https://127.0.0.1/ http://127.1.2.3/ http://[::1]/"
    " http://[::1]:8080/ http://[0:0:0:0:0:0:0:1]/ http://[0000::0001]/",
    "this machine, unspecified": "http://0.0.0.0/ http://0.0.0.0:80/ http://0.1.2.3/ http://[::]/ http://[0::0]:80/",
    "private": "http://10.0.0.1/ http://10.255.255.255/ http://172.16.0.1/ http://172.31.255.254/ http://192.168.0.1/"
    " http://192.168.255.1:9000/",
    "carriers, and clouds in their networks": "http://100.64.0.1/ http://100.127.255.254/ http://100.100.100.200/latest/",
    "link-local, and the keys of clouds": "http://169.254.169.254/latest/meta-data/ http://169.254.170.2/"
    " http://169.254.0.1/ http://[fe80::1]/ http://[fe80::a9fe:a9fe]/ http://[fd00:ec2::254]/ http://168.63.129.16/"
    " http://192.0.0.192/opc/",
    "unique local": "http://[fc00::1]/ http://[fd12:3456:789a::1]/ http://[fdff::1]:8042/",
    "of trials, of documents, of nobody": "http://192.0.2.1/ http://198.51.100.7/ http://203.0.113.9/ http://198.18.0.1/"
    " http://198.19.255.255/ http://192.0.0.8/ http://192.88.99.1/ http://240.0.0.1/ http://255.255.255.255/"
    " http://[2001:db8::1]/ http://[2001:2::1]/ http://[100::1]/ http://[3fff::1]/ http://[5f00::1]/",
    "to many": "http://224.0.0.1/ http://239.255.255.250:1900/ http://[ff02::1]/ http://[ff0e::1]/",
    "IPv4 within IPv6": "http://[::ffff:127.0.0.1]/ http://[::ffff:7f00:1]/ http://[::ffff:10.0.0.1]/"
    " http://[0:0:0:0:0:ffff:169.254.169.254]/ http://[::ffff:a9fe:a9fe]/ http://[::127.0.0.1]/ http://[::10.0.0.1]/"
    " http://[::7f00:1]/ http://[::ffff:0:127.0.0.1]/ http://[2002:7f00:1::]/ http://[2002:a00:1::1]/"
    " http://[2002:a9fe:a9fe::]/ http://[64:ff9b::127.0.0.1]/ http://[64:ff9b::a9fe:a9fe]/ http://[64:ff9b:1::a00:1]/"
    " http://[2001:0:4136:e378:8000:63bf:f5ff:fffe]/ http://[2001:470::5efe:a00:1]/ http://[2001:470::200:5efe:a00:1]/",
    "numbers in other forms": "http://2130706433/ http://017700000001/ http://0x7f000001/ http://0X7F.0.0.1/"
    " http://0x7f.1/ http://127.1/ http://127.0.1/ http://0177.0.0.1/ http://127.0.0.01/ http://0/ http://00000000/"
    " http://10.1/ http://0xa9fea9fe/ http://2852039166/ http://169.254.43518/ http://0251.0376.0251.0376/"
    " http://4294967295/ http://127.0.0.1.1/ http://1.2.3.256/ http://0x/ http://a.0x10/ http://127.0.0.1./"
    " http://[127.0.0.1]/ http://[::1/ http://::1/",
    "names": " ".join(f"http://{name}/" for name in NAMES),
    "users before the host": "http://example.org@127.0.0.1/ http://example.org:80@127.0.0.1/ http://user:pass@8.8.8.8/"
    " http://8.8.8.8#@127.0.0.1/../ http://@127.0.0.1/ http://127.0.0.1%40example.org/ http://a@b@127.0.0.1/",
    "percent": "http://%31%32%37.0.0.1/ http://127.0.0.1%2f.example.org/ http://127.0.0.1%00.example.org/"
    " http://%6c%6f%63%61%6c%68%6f%73%74/ http://example.org%2f@127.0.0.1/ http://8.8.8.8/%2e%2e/a http://8.8.8.8/a/../b",
    "other dots and letters": "http://127。0。0。1/ http://\uff11\uff12\uff17.0.0.1/ http://127｡0｡0｡1/ http://①②⑦.⓪.⓪.①/"
    " http://ⓛocalhost/"
    " http://ｌｏｃａｌｈｏｓｔ/ http://local\u00adhost/ http://localhost\u3002/ http://éxample.org/ http://\u202eexample.org/",
    "dots and marks": "http://localhost./ http://loopback.example./ http://.localhost/ http://loopback..example/"
    " http://-a.example/ http://a*.example/ http://a,b/ http://[loopback.example]/",
    "parts of pages": "http://8.8.8.8/a#b http://8.8.8.8#.example.org/ http://8.8.8.8/#",
    "zones": "http://[fe80::1%25eth0]/ http://[fe80::1%eth0]/ http://[fe80::1%1]/",
    "backslashes": r"http:\\127.0.0.1\ http://8.8.8.8\@127.0.0.1/ http://127.0.0.1\.example.org/ \\127.0.0.1\share",
    "ports": "http://8.8.8.8:0/ http://8.8.8.8:65536/ http://8.8.8.8:99999/ http://8.8.8.8:/ http://8.8.8.8:-1/"
    " http://8.8.8.8:80:80/ http://8.8.8.8:8o/ http://8.8.8.8:٨٠/",
    "schemes": "file:///etc/passwd file://127.0.0.1/etc/passwd ftp://8.8.8.8/a gopher://8.8.8.8:6379/_ data:image/png,x"
    " dict://8.8.8.8:11211/ ldap://8.8.8.8/ jar:http://8.8.8.8!/ javascript:1 unix:///run/docker.sock ws://8.8.8.8/"
    " s3://bucket/a.png blob:http://8.8.8.8/ view-source:http://8.8.8.8/ netdoc:///etc/passwd sftp://8.8.8.8/"
    " //8.8.8.8/a /etc/passwd a.png http:8.8.8.8/ http:/8.8.8.8/ http:///8.8.8.8/ http:// https: http+unix://%2frun%2fa.sock/"
    " url:http://8.8.8.8/",
}
SPACED = tuple(
    text.format(sign)
    for sign in (" ", TAB, NEWLINE, "\r", NUL, "\x7f", "\u00a0", "\u2028")
    for text in (
        "{}http://8.8.8.8/",
        "http://8.8.8.8{}/",
        "http://8.8.8.8/{}",
        "ht{}tp://8.8.8.8/",
        "http://{}8.8.8.8/",
    )
)
FORMS = (*(form for forms in LITERALS.values() for form in forms.split(" ")), *SPACED, "http://8.8.8.8/" + "a" * 9000)


def look_up(host: str, _port: int) -> tuple[str, ...]:
    """Answer as DNS would; numbers stand for themselves."""
    return NAMES.get(host, (host,))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Numbers that were connected to."""
    connected: list[str] = []

    def connect(_self: object, host: str, *_: object) -> httpcore.NetworkStream:
        connected.append(host)
        raise httpcore.ConnectError("nobody is there")

    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)
    return connected


def named_by_itself(form: str) -> Allowed:
    """Allow just the place that is asked for, so that only where it leads to can keep it from being asked."""
    try:
        return Allowed((Place(read_address(form).origin, "/"),))
    except AddressError:
        return Allowed()


def test_no_form_of_an_address_that_leads_inside_is_connected_to_though_its_place_was_named(asked: list[str]) -> None:
    assert len(FORMS) >= 100
    assert len(set(FORMS)) == len(FORMS)
    for form in FORMS:
        with pytest.raises(AddressError, match=r"\. \w"):
            list(Fetcher(named_by_itself(form), look_up=look_up).fetch(form))
    assert asked == []


@pytest.mark.parametrize(
    ("form", "number"),
    [
        ("http://8.8.8.8/a.png", "8.8.8.8"),
        ("https://8.8.8.8:8443/a.png", "8.8.8.8"),
        ("http://[2001:4860:4860::8888]/", "2001:4860:4860::8888"),
        ("http://[64:ff9b::8.8.8.8]/", "64:ff9b::808:808"),
        ("http://172.15.0.1/", "172.15.0.1"),
        ("http://100.128.0.1/", "100.128.0.1"),
    ],
)
def test_what_leads_outside_is_connected_to(asked: list[str], form: str, number: str) -> None:
    with pytest.raises(ValueError, match="does not answer"):
        list(Fetcher(named_by_itself(form), look_up=look_up).fetch(form))
    assert asked == [number]


def test_nothing_is_asked_that_was_not_named(asked: list[str]) -> None:
    scans = Allowed((place_at("https://a.example/scans"),))
    for allowed, form in (
        (Allowed(), "https://8.8.8.8/a.png"),
        (scans, "http://a.example/scans/1.png"),
        (scans, "https://a.example:444/scans/1.png"),
        (scans, "https://b.example/scans/1.png"),
        (scans, "https://a.example.b.example/scans/1.png"),
        (scans, "https://a.example/other/1.png"),
        (scans, "https://a.example/scans"),
        (scans, "https://a.example/scans%2f..%2fother"),
        (scans, "https://a.example/scans/%252e%252e/other"),
        (scans, "https://a.example/scans/..%5cother"),
    ):
        with pytest.raises(AddressError):
            list(Fetcher(allowed, look_up=leading_to("8.8.8.8")).fetch(form))
    assert asked == []


def test_another_answer_later_leads_nowhere_since_the_number_that_was_looked_at_is_connected_to(
    asked: list[str],
) -> None:
    answers = iter([("8.8.8.8",), ("127.0.0.1",), ("127.0.0.1",)])

    def turning(_host: str, _port: int) -> tuple[str, ...]:
        return next(answers)

    fetcher = Fetcher(Allowed((place_at("https://turns.example"),)), look_up=turning)
    with pytest.raises(ValueError, match="does not answer"):
        list(fetcher.fetch("https://turns.example/a"))
    with pytest.raises(AddressError, match=r"leads inside, to 127\.0\.0\.1"):
        list(fetcher.fetch("https://turns.example/a"))
    assert asked == ["8.8.8.8"]


def test_a_network_of_ones_own_is_asked_only_if_it_was_named_and_the_keys_of_clouds_never(asked: list[str]) -> None:
    places = (place_at("http://private.example"), place_at("http://router.example"), place_at("http://zone.example"))
    allowed = Allowed(places, (network_of("10.1.0.0/16"), network_of("fc00::/7")))
    for form, said in (
        ("http://private.example/a", "does not answer"),
        ("http://router.example/a", "leads inside, to 192.168.1.1"),
        ("http://zone.example/a", "where no image is"),
    ):
        with pytest.raises(ValueError, match=said):
            list(Fetcher(allowed, look_up=look_up).fetch(form))
    assert asked == ["10.1.2.3"]


@pytest.mark.parametrize("text", ["10.1.2.3/16", "169.254.0.0/16", "0.0.0.0/0", "::/0", "224.0.0.0/4", "somewhere", ""])
def test_what_is_no_network_of_ones_own_cannot_be_named(text: str) -> None:
    with pytest.raises(AddressError, match=r"10\.1\.0\.0/16"):
        network_of(text)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("HTTPS://Pictures.Example.org:443/Größe.png?a=ö", "https://pictures.example.org/Gr%C3%B6%C3%9Fe.png?a=%C3%B6"),
        ("http://a_b.example?x", "http://a_b.example/?x"),
        ("http://[2001:0DB8::1]:80/a%20b", "http://[2001:db8::1]/a%20b"),
    ],
)
def test_an_address_is_read_as_it_is_asked(text: str, read: str) -> None:
    assert str(read_address(text)) == read


@pytest.mark.parametrize(
    "text",
    [
        "https://a.example/a.png?X-Amz-Signature=secret",
        "https://user:secret@a.example/a.png",
        "https://a.example/a.png#secret",
        "https://user:secret@a.example/a b.png?token=secret",
        "/proxy/a.png?token=secret&of=https://a.example/a.png",
    ],
)
def test_what_may_be_a_secret_is_never_shown(text: str) -> None:
    assert "secret" not in shown(text)
    with pytest.raises(AddressError) as told:
        list(Fetcher(look_up=look_up).fetch(text))
    assert "secret" not in str(told.value)


def test_this_machine_looks_names_up_as_it_always_does() -> None:
    assert set(by_dns("localhost", 80)) <= {"127.0.0.1", "::1"}
    assert by_dns("127.0.0.1", 80) == ("127.0.0.1",)
